import { describe, expect, it } from "vitest";
import { deviceOf } from "./device";

describe("the place where somebody is signed in", () => {
  it("is named by browser and system", () => {
    expect(deviceOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0")).toBe("Edge · Windows");
    expect(deviceOf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1")).toBe("Safari · iPhone");
    expect(deviceOf("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0")).toBe("WeChat · Android");
  });

  it("stays unnamed when it says nothing we know", () => {
    expect(deviceOf("curl/8.5")).toBeNull();
    expect(deviceOf(null)).toBeNull();
  });
});
