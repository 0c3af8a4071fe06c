import { DownloadOutlined, MessageOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useScripts } from "../../api/scripts";
import { useMay } from "../../api/session";
import type { ScriptFilter } from "../../api/types";
import { useAddress } from "../../components/Address/useAddress";
import { useTitle } from "../../components/Frame/useTitle";
import { useKeys } from "../../components/Keys/useKeys";
import list from "../../components/List/List.module.css";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { useRowKeys } from "../../components/List/useRowKeys";
import { ScriptCard } from "../../components/Scripts/ScriptCard";
import { ScriptDrawer } from "../../components/Scripts/ScriptDrawer";
import { Trouble } from "../../components/Trouble/Trouble";
import { ScriptTree } from "./ScriptTree";
import styles from "./Scripts.module.css";
import { causes, channels, filterOf, phases, platforms, queryOf } from "./filter";

/** 话术库: what is said to buyers, by step and complaint, with what came of it. */
export function ScriptsPage() {
  const { t } = useTranslation();
  useTitle(t("scripts.title"));
  const [params, set, setAll] = useAddress();
  const filter = filterOf(params);
  const mayWrite = useMay("script.manage");
  // The tree counts what the other conditions leave; the list shows its one branch.
  const { step, cause, ...rest } = filter;
  const { data, error, isPending, isPlaceholderData, refetch } = useScripts(rest);
  const all = data?.scripts ?? [];
  const shown = all.filter((script) => (!step || script.step === step) && (!cause || script.causes.includes(cause)));
  const opened = params.get("open");
  const { active, openRow } = useRowKeys({ name: "scripts", ids: shown.map(({ key }) => key), open: (key) => set("open", key), opened });
  useKeys({ n: mayWrite ? () => set("open", "new") : undefined });
  const script = opened === null || opened === "new" ? null : (all.find(({ key }) => key === opened) ?? null);
  if (error && !data) return <Trouble page error={error} onRetry={() => void refetch()} />;
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("scripts.title")}</h1>
        {data && <span className={list.count}>{t("scripts.count", { count: shown.length })}</span>}
        <span className={list.spread} />
        <ExportButton filter={filter} />
        {mayWrite && <Button type="primary" icon={<PlusOutlined />} title="n" onClick={() => set("open", "new")}>{t("scripts.new")}</Button>}
      </div>
      <Filters filter={filter} set={set} />
      <div className={styles.columns}>
        <ScriptTree scripts={all} step={step ?? null} cause={cause ?? null} onChoose={(step, cause) => setAll({ step, cause })} />
        <div aria-busy={isPlaceholderData}>
          {isPending && <ListSkeleton />}
          {data && shown.length === 0 && (
            <Teach icon={<MessageOutlined />} title={t("scripts.none")} text={t(filter.own ? "scripts.noneOwn" : "scripts.noneNext")}>
              {mayWrite && <Button type="primary" onClick={() => set("open", "new")}>{t("scripts.new")}</Button>}
            </Teach>
          )}
          <ul className={styles.list} aria-label={t("scripts.title")}>
            {shown.map((each) => <ScriptCard key={each.key} script={each} isActive={each.key === active} onOpen={() => openRow(each.key)} />)}
          </ul>
        </div>
      </div>
      {(script || opened === "new") && <ScriptDrawer key={opened} script={script} variables={data?.variables ?? []} onClose={() => set("open", null)} onSaved={(key) => set("open", key)} />}
    </div>
  );
}

function Filters({ filter, set }: { filter: ScriptFilter; set: (key: string, value: string | null) => void }) {
  const { t } = useTranslation();
  const choice = (key: "phase" | "cause" | "platform" | "channel", words: readonly string[], group: string) => (
    <Select
      allowClear
      style={{ minWidth: 120 }}
      aria-label={t(`scripts.by.${key}`)}
      placeholder={t(`scripts.by.${key}`)}
      value={filter[key] ?? undefined}
      onChange={(value: string | undefined) => set(key, value ?? null)}
      options={words.map((value) => ({ value, label: t(`${group}.${value}`) }))}
    />
  );
  const flag = (key: "favourite" | "own" | "archived") => (
    <Checkbox checked={filter[key] === true} onChange={(event) => set(key, event.target.checked ? "true" : null)}>{t(`scripts.only.${key}`)}</Checkbox>
  );
  return (
    <div className={styles.filters} role="search" aria-label={t("scripts.filters")}>
      <Input.Search allowClear style={{ width: 240 }} defaultValue={filter.q ?? ""} placeholder={t("scripts.search")} aria-label={t("scripts.search")} onSearch={(value) => set("q", value.trim() || null)} />
      {choice("phase", phases, "scripts.phase")}
      {choice("cause", causes, "cause")}
      {choice("platform", platforms, "platform")}
      {choice("channel", channels, "guard.channel")}
      {flag("favourite")}
      {flag("own")}
      {flag("archived")}
    </div>
  );
}

function ExportButton({ filter }: { filter: ScriptFilter }) {
  const { t } = useTranslation();
  if (!useMay("list.export")) return null;
  const query = queryOf(filter);
  query.set("format", "csv");
  return <Button icon={<DownloadOutlined />} href={`/api/v1/scripts/export?${query}`} download>{t("list.export")}</Button>;
}

