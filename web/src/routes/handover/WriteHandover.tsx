import { App, Button, Checkbox, DatePicker, Input, Select, Skeleton } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSuggestion, useWriteHandover } from "../../api/handovers";
import { usePeople } from "../../api/people";
import { useMe } from "../../api/session";
import type { SuggestedCase } from "../../api/types";
import { GuardPanel } from "../../components/Guard/GuardPanel";
import { Due } from "../../components/Tasks/Due";
import { Trouble } from "../../components/Trouble/Trouble";
import styles from "./Handover.module.css";

interface Choice {
  chosen: boolean;
  passes: boolean;
  text: string;
}

const usual: Choice = { chosen: true, passes: false, text: "" };

/** Writes a handover: the cases that come up meanwhile are there already, to be left out, passed on or watched. */
export function WriteHandover({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const { people } = usePeople();
  const write = useWriteHandover();
  const [back, setBack] = useState<Dayjs | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const { data, error, refetch } = useSuggestion(back?.toISOString(), true);
  const of = (id: string) => choices[id] ?? usual;
  const change = (id: string, part: Partial<Choice>) => setChoices({ ...choices, [id]: { ...of(id), ...part } });
  const onDuty = new Set(data?.on_duty.map(({ id }) => id));
  const workers = people.filter(({ id, role, disabled_at }) => id !== me?.user.id && !disabled_at && role !== "department" && role !== "read_only");
  const option = ({ id, display_name }: { id: string; display_name: string }) => ({ value: id, label: onDuty.has(id) ? t("handover.onDuty", { name: display_name }) : display_name });
  const colleagues = [...workers.filter(({ id }) => onDuty.has(id)), ...workers.filter(({ id }) => !onDuty.has(id))].map(option);
  const chosen = data?.cases.filter((each) => of(each.case.id).chosen) ?? [];
  const save = () => {
    if (!data) return;
    const cases = chosen.map((each) => ({ case: each.case.id, passes: of(each.case.id).passes, text: of(each.case.id).text.trim() || null }));
    write.mutate({ to, until: back?.toISOString() ?? data.until, text: text.trim() || null, cases }, {
      onSuccess: () => {
        void message.success(t("handover.written"));
        onDone();
      },
    });
  };
  return (
    <section className={styles.form} aria-label={t("handover.write")}>
      <div className={styles.fields}>
        <label>{t("handover.backAt")}<DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" minDate={dayjs().startOf("day")} value={back ?? (data ? dayjs(data.until) : null)} onChange={setBack} allowClear={false} /></label>
        <label>{t("handover.to")}<Select aria-label={t("handover.to")} style={{ minWidth: 220 }} allowClear placeholder={t("handover.anybody")} value={to} onChange={(id: string | undefined) => setTo(id ?? null)} options={colleagues} /></label>
      </div>
      <Input.TextArea aria-label={t("handover.note")} placeholder={t("handover.noteExample")} maxLength={2000} autoSize={{ minRows: 2, maxRows: 8 }} value={text} onChange={(event) => setText(event.target.value)} />
      <GuardPanel text={text} where={{ channel: "note" }} onUse={setText} />
      {!data && !error && <Skeleton active paragraph={{ rows: 3 }} />}
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && data.cases.length === 0 && <p className={styles.quiet}>{t("handover.nothingDue")}</p>}
      {data && data.cases.length > 0 && (
        <div role="group" aria-label={t("handover.cases")}>
          {data.cases.map((each) => <Row key={each.case.id} each={each} choice={of(each.case.id)} onChange={(part) => change(each.case.id, part)} />)}
        </div>
      )}
      <div className={styles.fields}>
        <Button type="primary" disabled={!data || (chosen.length === 0 && !text.trim())} loading={write.isPending} onClick={save}>{t("handover.save", { count: chosen.length })}</Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
      <Trouble error={write.error} />
    </section>
  );
}

function Row({ each, choice, onChange }: { each: SuggestedCase; choice: Choice; onChange: (part: Partial<Choice>) => void }) {
  const { t } = useTranslation();
  const name = t("cases.number", { number: each.case.number });
  return (
    <div className={styles.row}>
      <Checkbox aria-label={name} checked={choice.chosen} onChange={(event) => onChange({ chosen: event.target.checked })} />
      <div className={styles.about}>
        <Link to={`/cases/${each.case.id}`}>{name}</Link>
        {each.reasons.map((reason) => <span key={reason} className={styles.reason}>{t(`handover.reason.${reason}`)}</span>)}
        {each.due_at && <Due at={each.due_at} shop={each.shop.id} />}
        <span>{each.summary}</span>
      </div>
      <Select
        aria-label={t("handover.how", { name })} disabled={!choice.chosen} value={choice.passes ? "passes" : "watches"} onChange={(how) => onChange({ passes: how === "passes" })}
        options={[{ value: "watches", label: t("handover.watches") }, { value: "passes", label: t("handover.passes") }]}
      />
      <Input aria-label={t("handover.line", { name })} placeholder={t("handover.lineExample")} maxLength={200} disabled={!choice.chosen} value={choice.text} onChange={(event) => onChange({ text: event.target.value })} />
      <GuardPanel text={choice.chosen ? choice.text : ""} where={{ case: each.case.id, channel: "note" }} onUse={(better) => onChange({ text: better })} />
    </div>
  );
}
