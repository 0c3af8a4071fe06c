import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../api/problem";
import { nextOf } from "./problem";

const refused = (status: number, code: string, retryAfter: number | null = null) => new ApiProblem(status, { code }, retryAfter);

describe("a refused sign-in", () => {
  it("asks for the code when the password was right", () => {
    expect(nextOf(refused(401, "totp_needed"))).toEqual({ kind: "code", wasWrong: false });
    expect(nextOf(refused(401, "totp_wrong"))).toEqual({ kind: "code", wasWrong: true });
  });

  it("says how long to wait", () => {
    expect(nextOf(refused(429, "too_many", 40))).toEqual({ kind: "wait", seconds: 40 });
  });

  it("is told in the server's words otherwise", () => {
    expect(nextOf(refused(401, "wrong_password"))).toEqual({ kind: "said" });
    expect(nextOf(new Error("gone"))).toEqual({ kind: "said" });
    expect(nextOf(null)).toBeNull();
  });
});
