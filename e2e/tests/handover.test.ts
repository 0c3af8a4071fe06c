import { another, asked, sent } from "../support/colleagues";
import { expect, forgetLanguage, personOf, signIn, speak, test } from "../support/desk";
import { languages } from "../support/words";

const words = {
  "zh-CN": { write: "写交接", note: "交接说明", line: /的说明$/, how: /怎么交接$/, passes: "转交", watches: "只请关注", save: /^交接 \d+ 张跟进单$/, done: "已写好，等同事接手", list: "交接班", take: "接手", taken: "已接手", watched: "我关注的", mine: "您正在处理", offered: /^待接手 \d+ 份$/ },
  "en-US": { write: "Hand over", note: "Note", line: /^Line about/, how: /^How to hand over/, passes: "Pass on", watches: "Watch only", save: /^Hand over \d+ cases$/, done: "Written; a colleague can take it now", list: "Handover", take: "Take", taken: "Taken", watched: "Watched by me", mine: "You have this case", offered: /^To take: \d+$/ },
} as const;

for (const language of languages) {
  const say = words[language];

  test(`a shift is handed over, one case passed on and one watched (${language})`, async ({ page, demo, browser }) => {
    await signIn(page, demo.url, personOf(demo, "agent"));
    await speak(page, language);
    // Two cases of the one who leaves, whose first answer is due.
    const { cases } = await asked<{ cases: { id: string; number: number }[] }>(page, demo.url, "cases?case_state=open&handler=none&sort=severity&limit=2");
    for (const { id } of cases) await sent(page, demo.url, "PUT", `cases/${id}/owner`, { owner: "me" });
    await page.goto(`${demo.url}/handover`);
    await page.getByRole("button", { name: say.write }).click();
    await page.getByRole("textbox", { name: say.note, exact: true }).fill("两位买家在等仓库的查件结果");
    const number = `(?<!\\d)${cases[0]?.number}(?!\\d)`;
    const own = (label: RegExp) => new RegExp(`${label.source.startsWith("^") ? label.source : ""}.*${number}.*${label.source.startsWith("^") ? "" : label.source}`);
    await page.getByRole("textbox", { name: own(say.line) }).fill("等仓库回复");
    await page.getByRole("combobox", { name: own(say.how) }).click();
    await page.getByTitle(say.passes).last().click();
    await page.getByRole("button", { name: say.save }).click();
    await expect(page.getByText(say.done)).toBeVisible();

    const colleague = await another(browser, language);
    await signIn(colleague.page, demo.url, personOf(demo, "supervisor"));
    await speak(colleague.page, language);
    await colleague.page.getByRole("link", { name: say.offered }).click();
    const waiting = colleague.page.getByRole("list", { name: say.list }).getByRole("listitem").filter({ hasText: "两位买家在等仓库的查件结果" }).first();
    await expect(waiting).toContainText("等仓库回复");
    await waiting.getByRole("button", { name: say.take, exact: true }).click();
    await expect(colleague.page.getByText(say.taken).first()).toBeVisible();
    await colleague.page.getByRole("tab", { name: say.watched }).click();
    await expect(colleague.page.getByRole("list", { name: say.watched })).toContainText(String(cases[1]?.number));
    await colleague.page.goto(`${demo.url}/cases/${cases[0]?.id}`);
    await expect(colleague.page.getByText("等仓库回复").first()).toBeVisible();
    await forgetLanguage(colleague.page);
    await colleague.leave();
    await forgetLanguage(page);
  });
}
