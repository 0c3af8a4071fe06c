import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useHoldCount } from "../../api/guard";
import { useMay } from "../../api/session";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { formatCount } from "../../format/number";

/** The guard's own pages: try a text, texts that wait, the rules, and what was said in chats. */
export function GuardPage() {
  const { t, i18n } = useTranslation();
  useTitle(t("guard.page"));
  const go = useNavigate();
  const here = useLocation().pathname.split("/")[2] ?? "check";
  const reviews = useMay("guard.review");
  const { data: waiting } = useHoldCount(true);
  const tabs = ["check", "holds", "rules", ...(reviews ? ["chats"] : [])] as const;
  const name = (key: string) => (key === "holds" && waiting && waiting.value > 0 ? `${t("guard.tab.holds")} ${formatCount(waiting, i18n.language)}` : t(`guard.tab.${key}`));
  return (
    <div className={list.page}>
      <div className={list.head}><h1>{t("guard.page")}</h1></div>
      <Tabs
        className={list.tabs}
        activeKey={here}
        onChange={(key) => void go(key === "check" ? "/guard" : `/guard/${key}`)}
        items={tabs.map((key) => ({ key, label: name(key) }))}
      />
      <Outlet />
    </div>
  );
}
