import { chromium } from "@playwright/test";
const [,, base, out, ...paths] = process.argv;
const sizes = (process.env.SIZES ?? "1440x900,1280x800,390x844").split(",");
const langs = (process.env.LANGS ?? "zh-CN").split(",");
const themes = (process.env.THEMES ?? "light").split(",");
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const size of sizes) for (const locale of langs) for (const colorScheme of themes) {
  const [width, height] = size.split("x").map(Number);
  const c = await b.newContext({ viewport: { width, height }, locale, colorScheme });
  const p = await c.newPage();
  p.on("console", m => { if (["error","warning"].includes(m.type())) console.log("console", m.text().slice(0, 300)); });
  p.on("pageerror", e => console.log("pageerror", e.message.slice(0, 300)));
  if (process.env.LOGIN) {
    await p.goto(base + "/login");
    const [l, w] = process.env.LOGIN.split(":");
    await p.getByLabel(/^(账号|Login)$/).fill(l); await p.getByLabel(/^(密码|Password)$/).fill(w);
    await p.getByRole("button", { name: /^(登录|Sign in)$/ }).click(); await p.getByRole("navigation").first().waitFor();
  }
  for (const spec of paths) {
    const [name, path, ...acts] = spec.split("::");
    await p.goto(base + path); await p.waitForLoadState("networkidle").catch(()=>{}); await p.waitForTimeout(400);
    for (const a of acts) { const [k, v] = a.split("="); try { if (k === "key") await p.keyboard.press(v); else if (k === "type") await p.keyboard.type(v); else if (k==="check") { for (const i of v.split(",")) await p.getByRole("checkbox").nth(Number(i)).check({timeout:3000}); } else if (k==="text") await p.getByText(v).first().click({timeout:3000}); else if (k === "tab") await p.getByRole("tab",{name:v}).click({timeout:3000}); else if (k==="btn") await p.getByRole("button", { name: v }).first().click({timeout:3000}); } catch (e) { console.log(name, a, String(e).slice(0, 200)); } await p.waitForTimeout(450); }
    await p.screenshot({ path: `${out}/${name}-${size}-${locale}-${colorScheme}.png` });
    const wide = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.log(name, size, locale, "too wide", wide);
  }
  await c.close();
}
await b.close();
