import { useSyncExternalStore } from "react";

export type Mode = "light" | "dark" | "system";

export const modes: readonly Mode[] = ["light", "dark", "system"];

const key = "pingxin.theme";
const darkWish = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function currentMode(): Mode {
  const stored = localStorage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setMode(mode: Mode): void {
  localStorage.setItem(key, mode);
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  darkWish.addEventListener("change", tell);
  return () => {
    listeners.delete(tell);
    darkWish.removeEventListener("change", tell);
  };
}

function isDark(): boolean {
  const mode = currentMode();
  return mode === "dark" || (mode === "system" && darkWish.matches);
}

export function useMode(): Mode {
  return useSyncExternalStore(subscribe, currentMode);
}

export function useDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}
