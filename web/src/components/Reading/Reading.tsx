import { type ReactNode, useMemo, useState } from "react";
import { FocusContext } from "./focus";

/** Around a review and what was read in it: opening a cause, a signal or the sentiment marks its words in the text. */
export function Reading({ children }: { children: ReactNode }) {
  const [on, set] = useState<string | null>(null);
  const focus = useMemo(() => ({ on, set }), [on]);
  return <FocusContext value={focus}>{children}</FocusContext>;
}
