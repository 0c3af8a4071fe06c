import { beforeEach, describe, expect, it, vi } from "vitest";

const fetched = vi.fn<(request: Request) => Promise<Response>>();
vi.stubGlobal("fetch", fetched);
vi.stubGlobal("localStorage", { getItem: () => "zh-CN", setItem: () => undefined });
vi.stubGlobal("window", { location: { origin: "http://desk.test" } });
vi.stubGlobal("navigator", { languages: ["en-US"] });

const { body, http } = await import("./client");
const { ApiProblem, isForbidden, isSessionOver, Unreachable } = await import("./problem");
const { isReachable } = await import("./reachable");

const answer = (status: number, content: string, headers: Record<string, string> = {}) =>
  fetched.mockResolvedValueOnce(new Response(content, { status, headers }));

const failure = async () => {
  try {
    await body(http.GET("/api/v1/me"));
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

beforeEach(() => fetched.mockReset());

describe("the client", () => {
  it("marks its calls as ours and asks for the language of the page", async () => {
    answer(200, '{"shops":[]}', { "Content-Type": "application/json" });
    expect(await body(http.GET("/api/v1/shops"))).toEqual({ shops: [] });
    const request = fetched.mock.calls[0]?.[0];
    expect(request?.headers.get("X-Pingxin")).toBe("1");
    expect(request?.headers.get("Accept-Language")).toBe("zh-CN");
  });

  it("repeats a key for each of several values", async () => {
    answer(200, "{}", { "Content-Type": "application/json" });
    await http.GET("/api/v1/reviews", { params: { query: { rating: [1, 2], q: "开线" } } });
    expect(fetched.mock.calls[0]?.[0].url).toBe("http://desk.test/api/v1/reviews?rating=1&rating=2&q=%E5%BC%80%E7%BA%BF");
  });

  it("throws the problem that the server told, with the fields at fault", async () => {
    const problem = { type: "about:blank#invalid", title: "Invalid", status: 422, code: "invalid", detail: "密码太短。", errors: [{ field: "password", message: "至少 10 位" }] };
    answer(422, JSON.stringify(problem), { "Content-Type": "application/problem+json" });
    const error = await failure();
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ message: "密码太短。", code: "invalid", fields: { password: "至少 10 位" } });
  });

  it("knows how long to wait after too many tries", async () => {
    answer(429, '{"detail":"x"}', { "Retry-After": "30" });
    expect(await failure()).toMatchObject({ status: 429, retryAfter: 30 });
  });

  it("survives an error page that is no JSON", async () => {
    answer(502, "<html>Bad gateway</html>");
    expect(await failure()).toMatchObject({ status: 502, code: "http_502", message: "" });
  });

  it("tells a session that is over from what is forbidden", async () => {
    answer(401, "{}");
    expect(isSessionOver(await failure())).toBe(true);
    answer(403, "{}");
    expect(isForbidden(await failure())).toBe(true);
  });

  it("says that nobody answered, and again when somebody does", async () => {
    fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    expect(await failure()).toBeInstanceOf(Unreachable);
    expect(isReachable()).toBe(false);
    answer(500, "{}");
    await failure();
    expect(isReachable()).toBe(true);
  });
});
