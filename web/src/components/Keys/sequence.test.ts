// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { isTyping, keySequence, patience } from "./sequence";

const has = (name: string) => ["j", "c", "g c", "g r", "?"].includes(name);

describe("keySequence", () => {
  it("answers single keys at once", () => {
    const press = keySequence();
    expect(press("j", 0, has)).toBe("j");
    expect(press("?", 1, has)).toBe("?");
    expect(press("y", 2, has)).toBeNull();
  });

  it("answers a pair within the time, and the second key alone after it", () => {
    const press = keySequence();
    expect(press("g", 0, has)).toBeNull();
    expect(press("c", patience, has)).toBe("g c");
    expect(press("g", 5000, has)).toBeNull();
    expect(press("c", 5001 + patience, has)).toBe("c");
  });

  it("forgets a first key that leads nowhere", () => {
    const press = keySequence();
    press("g", 0, has);
    expect(press("y", 10, has)).toBeNull();
    expect(press("c", 20, has)).toBe("c");
  });
});

describe("isTyping", () => {
  const typed = (element: HTMLElement, init: KeyboardEventInit) => {
    document.body.replaceChildren(element);
    let answer: boolean | undefined;
    element.addEventListener("keydown", (event) => {
      answer = isTyping(event);
    });
    element.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...init }));
    return answer;
  };

  it("leaves alone what is typed into a field or composed by an input method", () => {
    expect(typed(document.createElement("input"), { key: "j" })).toBe(true);
    expect(typed(document.createElement("textarea"), { key: "?" })).toBe(true);
    expect(typed(document.createElement("div"), { key: "j", isComposing: true })).toBe(true);
    expect(typed(document.createElement("div"), { key: "c", ctrlKey: true })).toBe(true);
  });

  it("takes keys on the page, but not Enter on a button", () => {
    expect(typed(document.createElement("div"), { key: "j" })).toBe(false);
    expect(typed(document.createElement("button"), { key: "j" })).toBe(false);
    expect(typed(document.createElement("button"), { key: "Enter" })).toBe(true);
  });
});
