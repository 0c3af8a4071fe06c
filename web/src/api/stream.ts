// One stream of server-sent events for the whole page.

/** The part of `EventSource` that is needed; a test puts its own in. */
export interface Source {
  readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(kind: string, listen: (event: { data: string }) => void): void;
  close(): void;
}

export interface Ears {
  open(): Source;
  /** Whether somebody looks at the page. */
  isSeen(): boolean;
  /** Called for each event, by its kind. */
  hear(kind: string, data: string): void;
  /** The server gave no stream: it may be busy, or the session is over. */
  refused(): void;
  /** The stream is there again after a gap, in which anything may have happened. */
  again(): void;
}

const kinds = ["changed", "presence"];
const closed = 2;
const soonest = 2_000;
const latest = 60_000;

/**
 * Keeps the stream open while the page is seen. A browser opens six connections to a server, so a page in the
 * background gives its one back. A stream that the server refused is asked for again, ever more seldom.
 */
export function keepStream(ears: Ears): { look: () => void; end: () => void } {
  let source: Source | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = soonest;
  let hadGap = false;

  const close = () => {
    clearTimeout(timer);
    timer = undefined;
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    const now = ears.open();
    source = now;
    now.onopen = () => {
      wait = soonest;
      if (hadGap) ears.again();
      hadGap = false;
    };
    now.onerror = () => {
      hadGap = true;
      // The browser tries again by itself, except after an answer that was no stream.
      if (now.readyState !== closed) return;
      close();
      ears.refused();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, latest);
    };
    for (const kind of kinds) now.addEventListener(kind, (event) => ears.hear(kind, event.data));
  };
  const look = () => {
    if (!ears.isSeen()) {
      if (source || timer !== undefined) hadGap = true;
      close();
    } else if (!source && timer === undefined) open();
  };
  look();
  return { look, end: close };
}
