import { App, Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { useClearDay } from "../../../api/calendar";
import type { CalendarDay } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import styles from "../Settings.module.css";
import calendar from "./Calendar.module.css";
import { actionsColumn } from "../actions";
import { dayName, datesOf, type Span, spansOf } from "./spans";

/** Every special day of the year; those put in by hand can be taken out again. */
export function SpanTable({ days, year, mayChange }: { days: CalendarDay[]; year: number; mayChange: boolean }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const clear = useClearDay();
  const spans = spansOf(days);
  const nameOf = ({ from, to }: Span) => (from === to ? dayName(from, i18n.language) : `${dayName(from, i18n.language)} – ${dayName(to, i18n.language)}`);
  const askClear = (span: Span) =>
    ask({
      title: t("calendar.clearTitle", { day: nameOf(span) }),
      text: t("calendar.clearText", { count: span.days }),
      ok: t("calendar.clear"),
      onOk: async () => {
        for (const date of datesOf(span)) await clear.mutateAsync(date);
        void message.success(t("calendar.cleared"));
      },
    });
  if (spans.length === 0) return <div className={calendar.empty}>{t("calendar.none", { year })}</div>;
  return (
    <Table<Span>
      size="small"
      rowKey="from"
      aria-label={t("settings.section.calendar")}
      pagination={false}
      dataSource={spans}
      columns={[
        { key: "day", title: t("calendar.day"), render: (_, span) => <>{nameOf(span)}{span.days > 1 && <span className={styles.under}>{t("calendar.days", { count: span.days })}</span>}</> },
        { key: "kind", title: t("calendar.kind"), width: 96, render: (_, span) => t(`calendar.kindOf.${span.kind}`) },
        { key: "name", title: t("calendar.name"), render: (_, span) => <>{span.name || "–"}<span className={styles.under}>{t(span.own ? "calendar.own" : "calendar.shipped")}</span></> },
        ...(mayChange
          ? [{
              ...actionsColumn(t),
              width: 84,
              render: (_: unknown, span: Span) =>
                span.own && <Button type="text" danger size="small" aria-label={t("calendar.clearOf", { day: nameOf(span) })} onClick={() => askClear(span)}>{t("calendar.clear")}</Button>,
            }]
          : []),
      ]}
    />
  );
}
