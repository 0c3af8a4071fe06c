import type { Channel, OutChannel, SetChannel, TeamEvent } from "../../../api/types";

export const events: readonly TeamEvent[] = ["case_escalated", "promise_broken", "text_waits", "message_stuck", "message_sent"];

/** What the form of a channel holds. */
export interface ChannelInput {
  switched_on: boolean;
  events?: TeamEvent[];
  host?: string;
  port?: number;
  security?: "tls" | "starttls" | "none";
  username?: string;
  secret?: string;
  from_address?: string;
  from_name?: string;
  url?: string;
  delivery?: "keyed" | "queryable" | "blind";
}

/** The form as it opens: what is known, and of a new channel what is usual. */
export function startOf(channel: OutChannel, known: Channel | undefined): ChannelInput {
  const told = known?.events ?? ["case_escalated", "promise_broken", "text_waits", "message_stuck"];
  const start = { switched_on: known?.switched_on ?? true, events: [...told] };
  if (channel === "mail") {
    const [host = "", port = "465"] = known?.place.split(/:(?=\d+$)/) ?? [];
    return { ...start, host, port: Number(port), security: known?.security ?? "tls", username: known?.username ?? "", from_address: known?.from_address ?? "", from_name: known?.from_name ?? "" };
  }
  if (channel === "webhook") return { ...start, url: known?.place ?? "", delivery: known?.delivery ?? "keyed" };
  return start;
}

const given = (text: string | undefined) => text?.trim() || null;

/** What is sent for a form; a secret that was not typed stays as it was. */
export function inputOf(channel: OutChannel, input: ChannelInput): SetChannel {
  const { switched_on, events: told = [] } = input;
  if (channel === "mail") {
    const { host = "", port = 465, security = "tls", from_address = "", from_name = "" } = input;
    return { switched_on, events: [], mail: { host: host.trim(), port, security, username: given(input.username), password: given(input.secret), from_address: from_address.trim(), from_name: from_name.trim() } };
  }
  if (channel === "webhook") return { switched_on, events: told, webhook: { url: input.url?.trim() ?? "", secret: given(input.secret), delivery: input.delivery ?? "keyed" } };
  return { switched_on, events: told, robot: { url: given(input.url), secret: given(input.secret) } };
}
