import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import english from "./en-US";
import chinese from "./zh-CN";

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, before = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") all.set(before + key, value);
    else for (const [inner, text] of flat(value, `${before}${key}.`)) all.set(inner, text);
  }
  return all;
}

const zh = flat(chinese as unknown as Texts);
const en = flat(english as unknown as Texts);
const source = join(__dirname, "..");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && !name.startsWith("i18n") && !name.endsWith("schema.d.ts"))
  .map((name) => ({ name, text: readFileSync(join(source, name), "utf8") }));

/** Code without its comments, which may quote Chinese. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe("the texts", () => {
  it("exist in both languages", () => {
    expect([...zh.keys()].filter((key) => !en.has(key))).toEqual([]);
    expect([...en.keys()].filter((key) => !zh.has(key))).toEqual([]);
  });

  it("say something, and fill the same blanks in both languages", () => {
    for (const [key, text] of zh) {
      expect(text.trim(), key).not.toBe("");
      expect(blanks(en.get(key) ?? ""), key).toEqual(blanks(text));
    }
  });

  it("are English in English and Chinese in Chinese", () => {
    for (const [key, text] of en) expect(text, key).not.toMatch(/\p{Script=Han}|[，。！？：；（）]/u);
    for (const [key, text] of zh) {
      if (!/\p{Script=Han}/u.test(text)) expect(text.replace(/\{\{\w+\}\}/g, ""), key).not.toMatch(/[a-z]{3,}\s[a-z]{3,}/i);
    }
  });

  it("shout at nobody", () => {
    for (const [key, text] of [...zh, ...en]) expect(text, key).not.toMatch(/[!！]/);
  });
});

describe("the components", () => {
  it("hold no Chinese text of their own", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter(({ text }) => /\p{Script=Han}/u.test(codeOf(text))).map(({ name }) => name)).toEqual([]);
  });

  it("hold no English text between tags", () => {
    const found = files.flatMap(({ name, text }) => [...codeOf(text).matchAll(/>([A-Z][a-z]+ ?[a-z ]*)<\//g)].map((match) => `${name}: ${match[1]}`));
    expect(found).toEqual([]);
  });

  it("ask only for texts that exist", () => {
    const missing: string[] = [];
    for (const { name, text } of files) {
      for (const [, key = ""] of codeOf(text).matchAll(/\bt\([^()"'`]*["']([\w-]+\.[\w.-]+)["']/g)) if (!zh.has(key)) missing.push(`${name}: ${key}`);
      for (const [, stem = ""] of codeOf(text).matchAll(/\bt\(\s*`([\w.-]+)\.\$\{/g)) {
        if (![...zh.keys()].some((key) => key.startsWith(`${stem}.`))) missing.push(`${name}: ${stem}.…`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("use every text there is", () => {
    const all = files.map(({ text }) => text).join("\n");
    const quoted = new Set([...all.matchAll(/"([\w.-]+)"/g)].map((match) => match[1]));
    const filled = new Set([...all.matchAll(/`([\w.-]+)\.\$\{/g)].map((match) => match[1]));
    const unused = [...zh.keys()].filter((key) => {
      const stems = [key.slice(0, key.lastIndexOf(".")), key.split(".")[0] ?? ""];
      return !quoted.has(key) && !stems.some((stem) => filled.has(stem));
    });
    expect(unused).toEqual([]);
  });
});
