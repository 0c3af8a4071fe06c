import { Button, Select, Skeleton } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "../../../api/calendar";
import { useMay } from "../../../api/session";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import settings from "../Settings.module.css";
import styles from "./Calendar.module.css";
import { DayDialog } from "./DayDialog";
import { MonthView } from "./MonthView";
import { SpanTable } from "./SpanTable";

/** On which days the team works. */
export function CalendarPage() {
  const { t } = useTranslation();
  const may = useMay("calendar.manage");
  const [shown, setShown] = useState(() => dayjs());
  const [edited, setEdited] = useState<string | null>(null);
  const { data, isPending, error, refetch } = useCalendar(shown.year());
  const years = Array.from({ length: 5 }, (_, index) => dayjs().year() - 2 + index);
  const days = data?.days ?? [];
  const extra = (
    <>
      <Select
        aria-label={t("calendar.year")}
        value={shown.year()}
        onChange={(year: number) => setShown((now) => now.year(year))}
        options={years.map((value) => ({ value, label: String(value) }))}
      />
      {may && <Button onClick={() => setEdited(shown.isSame(dayjs(), "month") ? dayjs().format("YYYY-MM-DD") : shown.startOf("month").format("YYYY-MM-DD"))}>{t("calendar.add")}</Button>}
    </>
  );
  return (
    <SectionPage of="calendar" extra={extra}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {data && (
        <div className={styles.both}>
          <Card><MonthView shown={shown} days={days} onShow={setShown} onChoose={may ? setEdited : null} /></Card>
          <Card><SpanTable days={days} year={shown.year()} mayChange={may} /></Card>
        </div>
      )}
      {data?.source && <p className={settings.hint}>{t("calendar.source", { source: data.source })}</p>}
      {edited && <DayDialog date={edited} days={days} onClose={() => setEdited(null)} />}
    </SectionPage>
  );
}
