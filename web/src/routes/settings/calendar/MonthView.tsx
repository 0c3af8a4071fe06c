import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Calendar } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import type { CalendarDay } from "../../../api/types";
import styles from "./Calendar.module.css";
import { isWorked } from "./spans";

interface Props {
  shown: Dayjs;
  days: CalendarDay[];
  onShow: (month: Dayjs) => void;
  /** Nothing, when this person may not change the calendar. */
  onChoose: ((date: string) => void) | null;
}

/** One month. A holiday and a worked weekend say so in a word, not by colour alone. */
export function MonthView({ shown, days, onShow, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const said = new Map(days.map((each) => [each.date, each]));
  const title = new Intl.DateTimeFormat(i18n.language, { year: "numeric", month: "long" }).format(shown.toDate());
  return (
    <Calendar
      fullscreen={false}
      value={shown}
      onSelect={(chosen, { source }) => {
        onShow(chosen);
        if (source === "date") onChoose?.(chosen.format("YYYY-MM-DD"));
      }}
      headerRender={() => (
        <div className={styles.month}>
          <Button type="text" icon={<LeftOutlined />} aria-label={t("calendar.before")} onClick={() => onShow(shown.subtract(1, "month"))} />
          <h2 aria-live="polite">{title}</h2>
          <Button type="text" icon={<RightOutlined />} aria-label={t("calendar.after")} onClick={() => onShow(shown.add(1, "month"))} />
        </div>
      )}
      fullCellRender={(date) => {
        const key = date.format("YYYY-MM-DD");
        const day = said.get(key);
        const isOther = !date.isSame(shown, "month");
        return (
          <div className={styles.cell} data-other={isOther || undefined} data-off={!isWorked(key, said) || undefined} title={day?.name}>
            {date.date()}
            {day && !isOther && <small data-kind={day.kind}>{t(`calendar.short.${day.kind}`)}</small>}
          </div>
        );
      }}
    />
  );
}
