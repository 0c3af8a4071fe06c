import { describe, expect, it } from "vitest";
import { inputOf, startOf } from "./channel";

describe("the form of a channel", () => {
  it("reads server and port, and sends no password that was not typed", () => {
    const known = { channel: "mail", switched_on: true, events: [], place: "smtp.example.com:587", security: "starttls", username: "me", from_name: "x", from_address: "a@b.example", delivery: "blind", has_secret: true } as const;
    const start = startOf("mail", { ...known, events: [] });
    expect(start).toMatchObject({ host: "smtp.example.com", port: 587, security: "starttls" });
    expect(inputOf("mail", start).mail).toMatchObject({ host: "smtp.example.com", password: null, username: "me" });
  });

  it("sends of a robot only what was typed", () => {
    expect(inputOf("wecom", { switched_on: true, url: "  ", events: ["text_waits"] })).toEqual({ switched_on: true, events: ["text_waits"], robot: { url: null, secret: null } });
  });
});
