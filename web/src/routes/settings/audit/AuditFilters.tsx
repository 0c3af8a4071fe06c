import { Button, DatePicker, Select, Tag } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { usePeople } from "../../../api/people";
import styles from "./Audit.module.css";
import { fields, withPart } from "./filter";

/** Person, action, thing and time; all of it lives in the address. */
export function AuditFilters() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { people } = usePeople();
  const set = (parts: Record<string, string | null | undefined>) => setParams((now) => withPart(now, parts), { replace: true });
  const [from, to, thing] = [params.get("from"), params.get("to"), params.get("subject_id")];
  return (
    <div className={styles.filters} role="group" aria-label={t("audit.filter")}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: 150 }}
        placeholder={t("audit.who")}
        aria-label={t("audit.who")}
        value={params.get("actor") ?? undefined}
        onChange={(actor: string | undefined) => set({ actor })}
        options={[
          ...people.map(({ id, display_name }) => ({ value: id, label: display_name })),
          ...(["command_line", "system"] as const).map((value) => ({ value: value as string, label: t(`audit.actor.${value}`) })),
        ]}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: 150 }}
        placeholder={t("audit.what")}
        aria-label={t("audit.what")}
        value={params.get("action") ?? undefined}
        onChange={(action: string | undefined) => set({ action })}
        options={fields.map((value) => ({ value, label: t(`audit.field.${value}`) }))}
      />
      <DatePicker.RangePicker
        className={styles.dates}
        allowEmpty={[true, true]}
        placeholder={[t("audit.from"), t("audit.to")]}
        value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
        onChange={(range) => set({ from: range?.[0]?.format("YYYY-MM-DD"), to: range?.[1]?.format("YYYY-MM-DD") })}
      />
      {thing && (
        <Tag closable closeIcon aria-label={t("audit.oneThing")} onClose={() => set({ subject_kind: null, subject_id: null })}>{t("audit.oneThing")}</Tag>
      )}
      {params.size > 0 && <Button type="link" onClick={() => setParams({}, { replace: true })}>{t("audit.clear")}</Button>}
    </div>
  );
}
