const browsers: [RegExp, string][] = [
  [/MicroMessenger\//u, "WeChat"],
  [/Edg(?:A|iOS)?\//u, "Edge"],
  [/OPR\//u, "Opera"],
  [/QQBrowser\//u, "QQ Browser"],
  [/Firefox\/|FxiOS\//u, "Firefox"],
  [/HeadlessChrome\/|Chrome\/|CriOS\//u, "Chrome"],
  [/Safari\//u, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone/u, "iPhone"],
  [/iPad/u, "iPad"],
  [/Android/u, "Android"],
  [/Windows/u, "Windows"],
  [/Mac OS X|Macintosh/u, "macOS"],
  [/CrOS/u, "ChromeOS"],
  [/Linux/u, "Linux"],
];

function first(list: [RegExp, string][], agent: string): string | null {
  return list.find(([pattern]) => pattern.test(agent))?.[1] ?? null;
}

/** "Chrome · Windows": what a person would call the place, from what the browser says of itself; nothing when it is no browser we know. */
export function deviceOf(agent: string | null): string | null {
  if (!agent) return null;
  const [browser, system] = [first(browsers, agent), first(systems, agent)];
  return [browser, system].filter(Boolean).join(" · ") || null;
}
