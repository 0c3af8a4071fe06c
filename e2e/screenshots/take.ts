import { mkdirSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { watch } from "../support/desk";

const folder = "results/screenshots";
const sizes = [[1440, 900], [1280, 800], [390, 844]] as const;
const languages = ["zh-CN", "en-US"] as const;
const themes = ["light", "dark"] as const;

/** Takes a picture of what is seen, and says when the page is wider than the window. */
export async function take(page: Page, name: string, tag: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}/${name}-${tag}.png` });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) console.log(`${name}-${tag}: ${wide} px too wide`);
}

/** Visits pages in every size, language and theme. */
export async function contexts(browser: Browser, visit: (page: Page, tag: string) => Promise<void>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of sizes) {
    for (const locale of languages) {
      for (const colorScheme of themes) {
        const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme });
        const page = await context.newPage();
        const complaints = watch(page);
        await visit(page, `${width}x${height}-${locale}-${colorScheme}`);
        for (const complaint of complaints) console.log(complaint);
        await context.close();
      }
    }
  }
}
