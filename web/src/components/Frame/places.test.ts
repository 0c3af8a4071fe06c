import { describe, expect, it } from "vitest";
import command from "../../i18n/en-US/command.json";
import frame from "../../i18n/en-US/frame.json";
import { places } from "./places";

describe("places", () => {
  it("have a letter each, a name, and words to be found by", () => {
    expect(new Set(places.map(({ letter }) => letter)).size).toBe(places.length);
    for (const { key, letter } of places) {
      expect(letter, key).toMatch(/^[a-z]$/);
      expect(frame.nav, key).toHaveProperty(key);
      expect(command.words, key).toHaveProperty(key);
    }
  });
});
