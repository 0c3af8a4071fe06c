import { useEffect, useState } from "react";

const prefix = "pingxin.draft.";

/** What is being written, kept in this tab until it is sent, through reloads and a session's end. */
export function useDraft(name: string): [text: string, write: (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(prefix + name) ?? "");
  useEffect(() => {
    if (text) sessionStorage.setItem(prefix + name, text);
    else sessionStorage.removeItem(prefix + name);
  }, [name, text]);
  return [text, setText];
}
