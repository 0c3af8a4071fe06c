import { test as base, expect, type Page } from "@playwright/test";
import { type Person, type Server, startServer } from "./server";

export { expect } from "@playwright/test";
export type { Page } from "@playwright/test";

interface Shared {
  /** A server with the demo shop group, shared by the tests of a file. */
  demo: Server;
}

interface Own {
  /** A server that nobody owns yet. */
  fresh: Server;
  /** Every test fails on a policy violation, a script error or a complaint in the console. */
  watched: void;
}

/** What a browser says about answers that tests ask for on purpose, such as 401. */
const expected = /^Failed to load resource/;

export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    const isPolicy = /Content Security Policy/i.test(text);
    if (isPolicy || (["error", "warning"].includes(message.type()) && !expected.test(text))) complaints.push(`console: ${text}`);
  });
  return complaints;
}

export const test = base.extend<Own, Shared>({
  demo: [
    async ({}, use) => {
      const server = await startServer({ demo: true });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  fresh: async ({}, use) => {
    const server = await startServer({ demo: false });
    await use(server);
    await server.stop();
  },
  watched: [
    async ({ page }, use) => {
      const complaints = watch(page);
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export function personOf(server: Server, role: string): Person {
  const person = server.people.find((each) => each.role === role);
  if (!person) throw new Error(`the demo has nobody in the role ${role}: ${JSON.stringify(server.people)}`);
  return person;
}

/** Signs in through the page, in whichever language it speaks. */
export async function signIn(page: Page, url: string, { login, password }: Person): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel(/^(账号|Login)$/).fill(login);
  await page.getByLabel(/^(密码|Password)$/).fill(password);
  await page.getByRole("button", { name: /^(登录|Sign in)$/ }).click();
  await expect(page.getByRole("navigation", { name: /^(主菜单|Main menu)$/ })).toBeVisible();
}

/** Chooses the language at the top of the page; it is kept with the person. */
export async function speak(page: Page, language: "zh-CN" | "en-US"): Promise<void> {
  await page.getByRole("button", { name: /^(语言|Language)$/ }).click();
  await page.getByRole("menuitem", { name: { "zh-CN": "中文", "en-US": "English" }[language] }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** Lets the person's pages follow the browser again: the demo is shared, and the next test has a language of its own. */
export async function forgetLanguage(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    const headers = { "Content-Type": "application/json", "X-Pingxin": "1" };
    const answer = await fetch("/api/v1/me", { method: "PATCH", headers, body: JSON.stringify({ locale: null }) });
    return answer.status;
  });
  expect(status).toBe(200);
}
