import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changedIn, changesOf, presenceIn, presentAt, takeChanged, takePresence } from "./changes";
import { keepStream, type Source } from "./stream";

class Fake implements Source {
  static all: Fake[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  listeners = new Map<string, (event: { data: string }) => void>();
  isClosed = false;
  constructor() {
    Fake.all.push(this);
  }
  addEventListener(kind: string, listen: (event: { data: string }) => void) {
    this.listeners.set(kind, listen);
  }
  close() {
    this.isClosed = true;
  }
  refuse() {
    this.readyState = 2;
    this.onerror?.();
  }
}

let seen = true;
const heard: string[] = [];
const again = vi.fn();
const refused = vi.fn();
const start = () => keepStream({ open: () => new Fake(), isSeen: () => seen, hear: (kind, data) => heard.push(`${kind} ${data}`), refused, again });
const last = () => Fake.all.at(-1) as Fake;

beforeEach(() => {
  vi.useFakeTimers();
  Fake.all = [];
  heard.length = 0;
  seen = true;
  again.mockReset();
});
afterEach(() => vi.useRealTimers());

describe("the stream", () => {
  it("hands on what it hears and asks for nothing anew at its first start", () => {
    start();
    last().onopen?.();
    last().listeners.get("changed")?.({ data: "{}" });
    expect(heard).toEqual(["changed {}"]);
    expect(again).not.toHaveBeenCalled();
  });

  it("is given back while nobody looks, and says so afterwards", () => {
    const stream = start();
    seen = false;
    stream.look();
    expect(last().isClosed).toBe(true);
    seen = true;
    stream.look();
    expect(Fake.all).toHaveLength(2);
    last().onopen?.();
    expect(again).toHaveBeenCalledTimes(1);
  });

  it("asks again, ever more seldom, when it is refused", () => {
    start();
    last().refuse();
    expect(refused).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_999);
    expect(Fake.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(Fake.all).toHaveLength(2);
    last().refuse();
    vi.advanceTimersByTime(3_999);
    expect(Fake.all).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(Fake.all).toHaveLength(3);
  });

  it("leaves a short gap to the browser", () => {
    start();
    last().onerror?.();
    vi.advanceTimersByTime(100_000);
    expect(Fake.all).toHaveLength(1);
    last().onopen?.();
    expect(again).toHaveBeenCalledTimes(1);
  });

  it("asks no more once it was ended", () => {
    const stream = start();
    last().refuse();
    stream.end();
    vi.advanceTimersByTime(100_000);
    expect(Fake.all).toHaveLength(1);
  });
});

describe("what was heard", () => {
  it("counts for the lists it names", () => {
    const before = changesOf("reviews");
    const changed = changedIn('{"reviews":true,"cases":false,"case_ids":["a",3],"new":1}');
    expect(changed).toEqual({ reviews: true, cases: false, imports: false, tasks: false, holds: false, case_ids: ["a"] });
    if (changed) takeChanged(changed);
    expect(changesOf("reviews")).toBe(before + 1);
    expect(changesOf("tasks")).toBe(0);
  });

  it("names who is on a case until he has left", () => {
    const told = presenceIn('{"case_id":"c","people":[{"id":"1","name":"小林","typing":true},null]}');
    expect(told?.people).toEqual([{ id: "1", name: "小林", typing: true }]);
    takePresence("c", told?.people ?? []);
    expect(presentAt("c")).toHaveLength(1);
    takePresence("c", []);
    expect(presentAt("c")).toBe(presentAt("d"));
  });

  it("is nothing when it makes no sense", () => {
    for (const text of ["", "3", "null", "{"]) {
      expect(changedIn(text)).toBeNull();
      expect(presenceIn(text)).toBeNull();
    }
  });
});
