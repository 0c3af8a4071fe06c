import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { SectionPage } from "../SectionPage";
import { Macros } from "./Macros";
import { Rules } from "./Rules";
import { Runs } from "./Runs";

const tabs = ["rules", "runs", "macros"] as const;

/** Rules that act when something happens, what they did, and macros that people run. */
export function AutomationPage() {
  const { t } = useTranslation();
  const [asked, setAsked] = useSearchParams();
  const open = tabs.find((each) => each === asked.get("tab")) ?? "rules";
  const parts = { rules: <Rules />, runs: <Runs />, macros: <Macros /> };
  return (
    <SectionPage of="automation">
      <Tabs
        activeKey={open}
        destroyOnHidden
        onChange={(tab) => setAsked(tab === "rules" ? {} : { tab }, { replace: true })}
        items={tabs.map((each) => ({ key: each, label: t(`automation.tab.${each}`), children: parts[each] }))}
      />
    </SectionPage>
  );
}
