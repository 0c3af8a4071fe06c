import labels from "./labels.json";

/** What a pasted text is looked for by. */
export interface Wanted {
  kind: "order" | "case" | "words";
  q: string;
}

/** An Amazon order; any long run of digits; an eBay one. */
const orderNumbers = [/(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)/u, /(?<!\d)\d{10,22}(?!\d)/u, /(?<!\d)\d{2}-\d{5}-\d{5}(?!\d)/u];
const caseNumber = new RegExp(`^(?:${["#", ...labels.case].join("|")})\\s*#?(\\d{1,9})$`, "iu");
/** What chat programs and back offices write before a nick. */
const label = new RegExp(`^(?:${labels.nick.join("|")})\\s*(?:id)?\\s*:\\s*`, "iu");
/** Chat programs of the platform write a nick with the site before it. */
const site = /^cn(?:taobao|alichn)/u;
const longest = 200;

/** Finds the order number, case number or nick in whatever was copied from a chat or a back office; null when there is nothing. */
export function wantedIn(pasted: string): Wanted | null {
  const text = pasted.normalize("NFKC").replace(/[\u200b-\u200f\ufeff]/gu, "").trim();
  if (text === "") return null;
  for (const pattern of orderNumbers) {
    const number = pattern.exec(text)?.[0];
    if (number) return { kind: "order", q: number };
  }
  const number = caseNumber.exec(text)?.[1];
  if (number) return { kind: "case", q: `#${number}` };
  const line = text.split(/\r?\n/u).map((each) => each.trim()).find(Boolean) ?? "";
  const words = line.replace(label, "").replace(site, "").trim();
  return words === "" ? null : { kind: "words", q: Array.from(words).slice(0, longest).join("") };
}
