import type { ChatMessage } from "../../api/types";

export interface ChatDay {
  /** The calendar day in the zone, such as `2026-11-11`. */
  day: string;
  messages: ChatMessage[];
}

function dayOf(at: string, zone?: string): string {
  // The Swedish way to write a date is the ISO way.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(at));
}

/** Messages by the day they were sent on, as the shop's calendar has it. */
export function daysOf(messages: readonly ChatMessage[], zone?: string): ChatDay[] {
  const days: ChatDay[] = [];
  for (const message of messages) {
    const day = dayOf(message.at, zone);
    const last = days.at(-1);
    if (last?.day === day) last.messages.push(message);
    else days.push({ day, messages: [message] });
  }
  return days;
}

/** Messages whose words or speaker hold what was typed, whatever the case. */
export function searched(messages: readonly ChatMessage[], typed: string): ChatMessage[] {
  const words = typed.trim().toLowerCase();
  if (words === "") return [...messages];
  return messages.filter(({ text, speaker }) => `${text}\n${speaker ?? ""}`.toLowerCase().includes(words));
}

export interface Piece {
  text: string;
  found: boolean;
}

/** A text cut where it holds what was typed. The pieces joined are the text. */
export function piecesOf(text: string, typed: string): Piece[] {
  const words = typed.trim().toLowerCase();
  const lower = text.toLowerCase();
  // Some letters change their length in lower case; then nothing can be pointed at.
  if (words === "" || lower.length !== text.length) return [{ text, found: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = lower.indexOf(words); at !== -1; at = lower.indexOf(words, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), found: false });
    from = at + words.length;
    pieces.push({ text: text.slice(at, from), found: true });
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from), found: false });
  return pieces;
}
