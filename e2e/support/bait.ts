import type { Page } from "@playwright/test";

const payloads = [
  "<script>window.__bait=1;alert(1)</script>",
  '"><img src=x onerror=window.__bait=1>',
  "'><svg onload=window.__bait=1>",
  '=HYPERLINK("javascript:alert(1)","x")',
  "<a href=javascript:window.__bait=1>x</a>",
  "{{constructor}}$t(app.name)${alert(1)}",
  "[x](javascript:window.__bait=1)",
  "<iframe srcdoc='<script>parent.__bait=1</script>'>",
  "@SUM(1+1)*cmd|' /C calc'!A0",
];

interface Hung {
  /** The field it was put in. */
  where: string;
  /** Whether some page shows the field, or only keeps it (sealed and masked contacts). */
  isShown: boolean;
}

/** What would run if any page took a text for anything but a text. Each one carries a mark of its own, by which it is found again. */
export class Bait {
  readonly hung = new Map<string, Hung>();
  readonly seen = new Set<string>();

  private mark(where: string, isShown: boolean): string {
    const mark = `BAIT${String(this.hung.size).padStart(3, "0")}B`;
    this.hung.set(mark, { where, isShown });
    return mark;
  }

  /** A text for a field: the mark first, so that a page that cuts it still shows the mark. */
  text(where: string, { most = 78, isShown = true } = {}): string {
    const mark = this.mark(where, isShown);
    const all = most > 400 ? payloads.join(" ") : (payloads.filter((each) => each.length + mark.length < most)[this.hung.size % 5] ?? "<b onclick=alert(1)>");
    return `${mark} ${all}`.slice(0, most);
  }

  /** A field that stands alone and must begin with what a spreadsheet or a browser would run. */
  raw(where: string, start: string, { isShown = true } = {}): string {
    return `${start}${this.mark(where, isShown)}`;
  }

  /** Looks at a page: what it shows of the bait, and what it should not have. */
  async look(page: Page): Promise<string[]> {
    const found = await page.evaluate(() => {
      const fields = Array.from(document.querySelectorAll("input, textarea")).map((each) => (each as HTMLInputElement).value);
      const titles = Array.from(document.querySelectorAll("[title], [aria-label]")).flatMap((each) => [each.getAttribute("title") ?? "", each.getAttribute("aria-label") ?? ""]);
      const wrong = Array.from(document.querySelectorAll("script:not([src]), iframe, object, embed, [onerror], [onload], [onclick]")).map((each) => each.outerHTML.slice(0, 120));
      const links = Array.from(document.querySelectorAll("[href], [src], [action]"))
        .map((each) => each.getAttribute("href") ?? each.getAttribute("src") ?? each.getAttribute("action") ?? "")
        .filter((address) => /^\s*(javascript|data:text|vbscript)/i.test(address));
      return { text: [document.body.innerText, ...fields, ...titles].join("\n"), wrong: [...wrong, ...links], ran: (window as unknown as { __bait?: number }).__bait !== undefined };
    });
    for (const mark of this.hung.keys()) if (found.text.includes(mark)) this.seen.add(mark);
    return [...found.wrong, ...(found.ran ? ["a payload ran"] : [])];
  }

  /** Fields whose text no page showed though it should. */
  unseen(): string[] {
    return [...this.hung].filter(([mark, { isShown }]) => isShown && !this.seen.has(mark)).map(([mark, { where }]) => `${where} (${mark})`);
  }
}
