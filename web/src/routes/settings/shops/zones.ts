/** The time zones that shops of our platforms usually have, the frequent ones first. */
const usual = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Tokyo", "Asia/Singapore", "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin"];

function all(): string[] {
  // Not every browser can list them.
  const list = (Intl as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf;
  return list ? list.call(Intl, "timeZone") : [];
}

/** Every zone that can be chosen, `present` among them though it be unknown here. */
export function zones(present: string): string[] {
  return [...new Set([present, ...usual, ...all()])];
}
