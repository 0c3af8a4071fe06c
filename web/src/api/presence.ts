import { useEffect } from "react";
import { http } from "./client";

/** The server forgets who is silent for thirty seconds. */
const heartbeat = 12_000;
/** Somebody who stopped typing for so long is no longer replying. */
const pause = 6_000;

let typedAt = 0;
let typedOn = "";
let wake: (() => void) | null = null;

/** Called at each change of a text that is meant for this case. */
export function typeOn(caseId: string): void {
  typedAt = Date.now();
  typedOn = caseId;
  wake?.();
}

/** Tells the server that this person looks at the case and whether he types, until the page is left or hidden. */
export function useBeingHere(caseId: string): void {
  useEffect(() => {
    let told: boolean | null = null;
    let toldAt = 0;
    const path = { params: { path: { id: caseId } } };
    const say = () => {
      if (document.visibilityState !== "visible") return;
      const typing = typedOn === caseId && Date.now() - typedAt < pause;
      if (typing === told && Date.now() - toldAt < heartbeat) return;
      told = typing;
      toldAt = Date.now();
      // Being seen is a courtesy: a failure is no trouble, the next beat tries again.
      void http.PUT("/api/v1/cases/{id}/presence", { ...path, body: { typing } }).catch(() => undefined);
    };
    const leave = () => {
      told = null;
      void http.DELETE("/api/v1/cases/{id}/presence", { ...path, keepalive: true }).catch(() => undefined);
    };
    const look = () => (document.visibilityState === "visible" ? say() : leave());
    wake = say;
    say();
    const timer = setInterval(say, 2_000);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      wake = null;
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [caseId]);
}
