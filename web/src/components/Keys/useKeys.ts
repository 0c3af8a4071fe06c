import { useEffect, useRef } from "react";
import { type Actions, isTyping, keySequence } from "./sequence";

/** A dialog, menu or photo that is open, and not just closing, has the keyboard for itself. */
function isCovered(): boolean {
  const hidden = ":not([style*='display: none'])";
  const staying = ":not([class*='-leave'])";
  const open = [
    `.ant-modal-wrap${hidden} .ant-modal${staying}`,
    `.ant-dropdown:not(.ant-dropdown-hidden)${staying}`,
    `.ant-image-preview${hidden}${staying}`,
  ];
  return document.querySelector(open.join(",")) !== null;
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
