import { Input, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGuardRules } from "../../api/guard";
import { useShops } from "../../api/shops";
import type { GuardRule } from "../../api/types";
import styles from "../../components/Guard/Guard.module.css";
import { inLanguage } from "../../components/Guard/said";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Trouble } from "../../components/Trouble/Trouble";
import { RuleRow } from "./RuleRow";

function isFound(rule: GuardRule, typed: string, language: string): boolean {
  const examples = [...rule.fails, ...rule.passes].map(({ text }) => text);
  const words = [rule.rule, rule.name, inLanguage(rule.why, language), ...examples].join(" ").toLowerCase();
  return words.includes(typed.trim().toLowerCase());
}

/** What each rule means, with texts that break it and texts that do not; the owner makes them stricter for a shop. */
export function RulesPage() {
  const { t, i18n } = useTranslation();
  const { shops } = useShops();
  const [shop, setShop] = useState<string>();
  const [typed, setTyped] = useState("");
  const of = shop ?? shops[0]?.id;
  const { data, error, refetch } = useGuardRules(of);
  const found = useMemo(() => (data ?? []).filter((rule) => isFound(rule, typed, i18n.language)), [data, typed, i18n.language]);
  if (error && !data) return <Trouble page error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <div className={styles.where} style={{ padding: "0 16px 8px" }}>
        {shops.length > 0 && <Select aria-label={t("cases.shop")} style={{ minWidth: 180 }} value={of} onChange={setShop} options={shops.map(({ id, name, platform }) => ({ value: id, label: `${name} · ${t(`platform.${platform}`)}` }))} />}
        <Input.Search allowClear style={{ maxWidth: 280 }} value={typed} onChange={(event) => setTyped(event.target.value)} aria-label={t("guard.findRule")} placeholder={t("guard.findRule")} />
        <span className={styles.quiet} role="status">{t("guard.rulesFound", { count: found.length })}</span>
      </div>
      <p className={styles.quiet} style={{ padding: "0 16px 8px" }}>{t("guard.rulesLead")}</p>
      {!data && <ListSkeleton />}
      <ul className={styles.holds} aria-label={t("guard.tab.rules")}>
        {found.map((rule) => <RuleRow key={rule.rule} rule={rule} shop={of} />)}
      </ul>
    </>
  );
}
