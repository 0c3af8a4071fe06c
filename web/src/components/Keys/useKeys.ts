import { useEffect, useRef } from "react";
import { type Actions, isTyping, keySequence } from "./sequence";

/** A dialog or drawer that is open has the keyboard for itself. */
function isCovered(): boolean {
  return document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-dropdown:not(.ant-dropdown-hidden)") !== null;
}

/** Answers keys anywhere on the page for as long as the component is shown. */
export function useKeys(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = keySequence();
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || isCovered()) return;
      const name = press(event.key, event.timeStamp, (key) => latest.current[key] !== undefined);
      if (!name) return;
      event.preventDefault();
      latest.current[name]?.();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
