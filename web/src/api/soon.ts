import { http } from "./client";

interface Init {
  params?: { path?: Record<string, string>; query?: object; header?: object };
  body?: unknown;
  signal?: AbortSignal;
  keepalive?: boolean;
}

type Call = <T>(path: string, init?: Init) => Promise<{ data?: T }>;

/** The same client for addresses that the generated types do not know yet. */
export const soon = http as unknown as Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Call>;
