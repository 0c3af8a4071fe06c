import { createContext, useContext } from "react";

/** What of a reading somebody has opened, such as `cause.quality`; its words stand out in the text. */
export interface Focus {
  on: string | null;
  set: (meaning: string | null) => void;
}

export const FocusContext = createContext<Focus>({ on: null, set: () => undefined });

export function useFocus(): Focus {
  return useContext(FocusContext);
}
