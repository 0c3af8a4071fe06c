import { Button, Input, Segmented, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Choose } from "../../components/Filter/Choose";
import styles from "../../components/Filter/Filter.module.css";
import { useFilters } from "../../components/Filter/useFilters";
import { choices } from "../filters";

const filters = ["cause", "severity_min", "owner", "q"];

export function CaseFilters() {
  const { t } = useTranslation();
  const { params, set, setParams } = useFilters();
  const asked = params.get("q") ?? "";
  const [words, setWords] = useState(asked);
  useEffect(() => setWords(asked), [asked]);
  const clear = () => setParams((now) => {
    const next = new URLSearchParams(now);
    for (const key of filters) next.delete(key);
    return next;
  }, { replace: true });
  return (
    <div className={styles.bar} role="group" aria-label={t("reviews.filter.label")}>
      <Segmented
        value={params.get("owner") ?? "anyone"}
        onChange={(owner) => set("owner", owner === "anyone" ? null : owner)}
        aria-label={t("cases.owner")}
        options={[
          { value: "anyone", label: t("cases.anyone") },
          { value: "me", label: t("cases.mine") },
          { value: "none", label: t("cases.unowned") },
        ]}
      />
      <Choose label={t("cases.cause")} width={150} value={params.getAll("cause")} onChange={(values) => set("cause", values)} options={choices.cause.map((value) => ({ value, label: t(`cause.${value}`) }))} />
      <Select
        className={styles.choose}
        style={{ width: 132 }}
        allowClear
        placeholder={t("cases.severity")}
        aria-label={t("cases.severity")}
        value={params.get("severity_min") ?? undefined}
        onChange={(points: string | undefined) => set("severity_min", points)}
        options={["80", "60", "40"].map((value) => ({ value, label: t(`cases.severityFrom.${value}`) }))}
      />
      <Input.Search
        style={{ width: 220 }}
        className={styles.choose}
        value={words}
        allowClear
        placeholder={t("cases.search")}
        aria-label={t("cases.search")}
        onChange={(event) => setWords(event.target.value)}
        onSearch={(wanted) => set("q", wanted.trim())}
      />
      {filters.some((key) => params.has(key)) && <Button type="link" onClick={clear}>{t("cases.clear")}</Button>}
    </div>
  );
}
