import { LeftOutlined, RightOutlined, TeamOutlined } from "@ant-design/icons";
import { App, Button, Skeleton, Tag } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddShifts, useDeleteShift, useRoster } from "../../../api/clocks";
import { usePeople } from "../../../api/people";
import { useMay } from "../../../api/session";
import type { Shift } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import settings from "../Settings.module.css";
import styles from "./Roster.module.css";
import { ShiftDialog } from "./ShiftDialog";
import { mondayOf, nextWeek, shiftsOn } from "./week";

interface Place {
  person?: string;
  day: Dayjs;
}

/** Who is on duty in one week, person by day. */
export function RosterPage() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("calendar.manage");
  const { people } = usePeople();
  const [monday, setMonday] = useState(() => mondayOf(dayjs()));
  const [place, setPlace] = useState<Place | null>(null);
  // Two weeks, so that copying knows what the next one holds.
  const { data, error, refetch } = useRoster(monday.toISOString(), monday.add(14, "day").toISOString());
  const add = useAddShifts();
  const remove = useDeleteShift();
  const shifts = data?.shifts ?? [];
  const workers = people.filter(({ disabled_at, role }) => !disabled_at && (role === "agent" || role === "supervisor" || role === "owner"));
  const days = Array.from({ length: 7 }, (_, index) => monday.add(index, "day"));
  const copied = nextWeek(shifts, monday, shifts);
  const hasAny = shifts.some(({ from }) => dayjs(from).isBefore(monday.add(7, "day")));
  const name = (day: Dayjs) => new Intl.DateTimeFormat(i18n.language, { weekday: "short", month: "numeric", day: "numeric" }).format(day.toDate());
  const copy = () => add.mutate(copied, { onSuccess: () => { void message.success(t("roster.copied", { count: copied.length })); setMonday(monday.add(7, "day")); } });
  const extra = (
    <>
      <Button icon={<LeftOutlined />} aria-label={t("roster.before")} onClick={() => setMonday(monday.subtract(7, "day"))} />
      <Button onClick={() => setMonday(mondayOf(dayjs()))}>{t("roster.thisWeek")}</Button>
      <Button icon={<RightOutlined />} aria-label={t("roster.after")} onClick={() => setMonday(monday.add(7, "day"))} />
      {may && copied.length > 0 && <Button loading={busy(add.isPending)} onClick={copy}>{t("roster.copy")}</Button>}
      {may && <Button type="primary" onClick={() => setPlace({ day: dayjs().isBefore(monday) ? monday : dayjs() })}>{t("roster.add")}</Button>}
    </>
  );
  return (
    <SectionPage of="roster" extra={extra}>
      <Trouble error={error ?? add.error ?? remove.error} onRetry={error ? () => void refetch() : undefined} />
      {!data && !error && <Skeleton active />}
      {data && !hasAny && <Teach icon={<TeamOutlined />} title={t("roster.none")} text={t("roster.noneNext")} />}
      {data && (
        <Card>
          <div className={styles.scroll}>
            <table className={styles.week} aria-label={t("settings.section.roster")}>
              <thead>
                <tr>
                  <th scope="col">{t("roster.person")}</th>
                  {days.map((day) => <th key={day.valueOf()} scope="col">{name(day)}</th>)}
                </tr>
              </thead>
              <tbody>
                {workers.map(({ id, display_name }) => (
                  <tr key={id}>
                    <th scope="row">{display_name}</th>
                    {days.map((day) => (
                      <td key={day.valueOf()}>
                        {shiftsOn(shifts, id, day).map((shift) => <ShiftTag key={shift.id} of={shift} onDelete={may ? () => remove.mutate(shift.id) : null} />)}
                        {may && <Button type="text" size="small" aria-label={t("roster.addOf", { name: display_name, day: name(day) })} onClick={() => setPlace({ person: id, day })}>+</Button>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      <p className={settings.hint}>{t("roster.zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}</p>
      {place && <ShiftDialog person={place.person} day={place.day} people={workers} onClose={() => setPlace(null)} />}
    </SectionPage>
  );
}

function ShiftTag({ of, onDelete }: { of: Shift; onDelete: (() => void) | null }) {
  const { t } = useTranslation();
  const [from, to] = [dayjs(of.from), dayjs(of.to)];
  const time = `${from.format("HH:mm")}–${to.format("HH:mm")}`;
  const text = of.away ? t("roster.away") : time;
  const title = of.away ? `${from.format("YYYY-MM-DD HH:mm")} – ${to.format("YYYY-MM-DD HH:mm")}` : undefined;
  return (
    <Tag color={of.away ? "orange" : "blue"} title={title} closable={onDelete !== null} closeIcon={<span role="img" aria-label={t("roster.deleteOf", { name: of.person.name, time: text })}>×</span>} onClose={(event) => { event.preventDefault(); onDelete?.(); }}>
      {text}
    </Tag>
  );
}
