import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, watch } from "./desk";

/** What the pages send along, which no other site can. */
const own = (url: string) => ({ "X-Pingxin": "1", Origin: url });

/** Somebody at a desk of his own: another browser, in the same language. What goes wrong there counts at its end. */
export async function another(browser: Browser, locale: string): Promise<{ page: Page; context: BrowserContext; leave: () => Promise<void> }> {
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints = watch(page);
  const leave = async () => {
    await context.close();
    expect(complaints).toEqual([]);
  };
  return { page, context, leave };
}

interface Wish {
  display_name: string;
  role: string;
  department?: string;
  all_shops?: boolean;
  shops?: string[];
}

/** An invitation made by whoever is signed in on the page; gives its address. */
export async function invitation(page: Page, url: string, wish: Wish): Promise<string> {
  const answer = await page.request.post(`${url}/api/v1/invitations`, { headers: own(url), data: { all_shops: true, shops: [], ...wish } });
  expect(answer.status(), await answer.text()).toBe(201);
  return new URL(((await answer.json()) as { link: string }).link, url).href;
}

/** Follows an invitation on a page and ends signed in. */
export async function join(page: Page, link: string, login: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel(/^(登录账号|Login)$/).fill(login);
  await page.getByLabel(/^(密码|Password)$/).fill(password);
  await page.getByRole("button", { name: /^(加入并登录|Join and sign in)$/ }).click();
  await expect(page.getByRole("navigation", { name: /^(主菜单|Main menu)$/ })).toBeVisible();
}

/** What the API answers to whoever is signed in on the page. */
export async function asked<T>(page: Page, url: string, path: string): Promise<T> {
  const answer = await page.request.get(`${url}/api/v1/${path}`);
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  return (await answer.json()) as T;
}

/** Sends something to the API as whoever is signed in on the page. */
export async function sent(page: Page, url: string, method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, data?: object): Promise<unknown> {
  const answer = await page.request.fetch(`${url}/api/v1/${path}`, { method, headers: own(url), ...(data ? { data } : {}) });
  const text = await answer.text();
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`).toBe(true);
  return text ? JSON.parse(text) : null;
}
