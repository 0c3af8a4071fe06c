import { App, Button, Empty, Input, Select, Skeleton } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { usePack, usePackChanges, usePacks, useReloadPacks } from "../../api/packs";
import { useMay } from "../../api/session";
import type { PackRow, PackTable } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { useTitle } from "../../components/Frame/useTitle";
import { saidIn } from "../../components/Removal/said";
import { Trouble } from "../../components/Trouble/Trouble";
import { findTables } from "./find";
import { keySaid, valueSaid } from "./said";
import styles from "./Rules.module.css";

/** 平台规则: every pack in force, every value with where it comes from, and what changed. */
export function Rules() {
  const { pack: id } = useParams();
  const { t, i18n } = useTranslation();
  useTitle(t("rules.title"));
  const { data, error, refetch } = usePacks();
  const shown = id ?? data?.packs[0]?.id ?? null;
  if (error && !data) return <Trouble page error={error} onRetry={() => void refetch()} />;
  return (
    <div className={styles.page}>
      <nav className={styles.side} aria-label={t("rules.packs")}>
        <h1>{t("rules.title")}</h1>
        {!data && <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 16 }} />}
        <ul>
          {data?.packs.map((pack) => (
            <li key={pack.id}>
              <Link to={`/rules/${encodeURIComponent(pack.id)}`} aria-current={pack.id === shown ? "page" : undefined}>
                <span>{saidIn(pack.name, i18n.language)}</span>
                <span className={styles.quiet}>{t(`rules.kind.${pack.kind}`)}</span>
                {pack.stale && <span className={styles.stale}>{t("rules.stale")}</span>}
              </Link>
            </li>
          ))}
        </ul>
        <Reload />
        {data?.refused.map((refused) => (
          <p key={`${refused.file}${refused.line}`} className={styles.tools} role="alert">
            <span className={styles.stale}>{t("rules.refused", { file: refused.file, line: refused.line, key: refused.key, message: refused.message })}</span>
          </p>
        ))}
      </nav>
      <main className={styles.main}>{shown && <Pack key={shown} id={shown} />}</main>
    </div>
  );
}

function Reload() {
  const { t } = useTranslation();
  const may = useMay("shop.manage");
  const { message } = App.useApp();
  const reload = useReloadPacks();
  if (!may) return null;
  const run = () =>
    reload.mutate(undefined, { onSuccess: ({ refused }) => void (refused.length === 0 ? message.success(t("rules.reloaded")) : message.warning(t("rules.someRefused", { count: refused.length }))) });
  return (
    <div className={styles.tools}>
      <Button size="small" onClick={run} loading={busy(reload.isPending)}>{t("rules.reload")}</Button>
      <Trouble error={reload.error} />
    </div>
  );
}

function Pack({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  const at = params.get("at");
  const [typed, setTyped] = useState("");
  const { data: pack, error, refetch } = usePack(id, params.get("on"));
  const place = useRef<HTMLElement>(null);
  const ready = pack !== undefined;
  useEffect(() => {
    if (ready) place.current?.scrollIntoView({ block: "start" });
  }, [ready, at]);
  if (error && !pack) return <Trouble page error={error} onRetry={() => void refetch()} />;
  if (!pack) return <Skeleton active paragraph={{ rows: 14 }} />;
  const tables = findTables(pack.entries.filter(({ section }) => section !== "example" && section !== "source"), typed, ({ key, value }) => [keySaid(t, key), valueSaid(t, value)]);
  const sources = new Map(pack.entries.filter(({ section }) => section === "source").map((entry) => [entry.id ?? "", entry]));
  return (
    <>
      <header className={styles.head}>
        <h2>{saidIn(pack.name, i18n.language)}</h2>
        <span className={styles.quiet}>{t("rules.version", { version: pack.version })}</span>
        {pack.effective_from && <span className={styles.quiet}>{t("rules.from", { day: pack.effective_from })}</span>}
        <span className={styles.quiet}>{t("rules.reviewed", { day: pack.reviewed_on })}</span>
        {pack.review_by && <span className={pack.stale ? styles.stale : styles.quiet}>{t(pack.stale ? "rules.staleSince" : "rules.reviewBy", { day: pack.review_by })}</span>}
        {pack.inherits && <span className={styles.quiet}>{t("rules.inherits", { pack: pack.inherits })}</span>}
        <span className={styles.quiet}>{pack.file}</span>
        {pack.kind === "platform" && <Link to={`/rules/${encodeURIComponent(pack.id)}/sheet`}>{t("rules.sheet")}</Link>}
      </header>
      <Changes pack={pack} on={params.get("on")} onShow={(day) => setParams(day ? { on: day } : {}, { replace: true })} />
      <Input.Search className={styles.search} allowClear placeholder={t("rules.search")} aria-label={t("rules.search")} value={typed} onChange={(event) => setTyped(event.target.value)} />
      {tables.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("rules.nothing")} />}
      {tables.map((table, index) => (
        <Table key={`${table.name}${table.record.effective_from}${index}`} table={table} sources={sources} isAt={table.name === at} placed={table.name === at ? place : undefined} />
      ))}
    </>
  );
}

const unsaid = new Set(["zh", "en"]);

function Table({ table, sources, isAt, placed }: { table: PackTable; sources: ReadonlyMap<string, PackTable>; isAt: boolean; placed: React.RefObject<HTMLElement | null> | undefined }) {
  const { t, i18n } = useTranslation();
  const value = (key: string) => table.values.find((each) => each.key === key)?.value;
  const [zh, en] = [value("zh"), value("en")];
  const title = zh && en ? saidIn({ zh, en }, i18n.language) : t(`rules.section.${table.section}`);
  const { record } = table;
  const ofSource = (cited: string, key: string) => sources.get(cited.split(" ")[0] ?? "")?.values.find((each) => each.key === key)?.value;
  const titleOf = (cited: string) => ofSource(cited, "title");
  const urlOf = (cited: string) => ofSource(cited, "url");
  return (
    <section ref={placed} className={styles.table} data-at={isAt} aria-label={table.name} aria-current={isAt ? "location" : undefined}>
      <h3>{title} <span className={styles.quiet}>{table.name}</span></h3>
      <dl className={styles.values}>
        {table.values.filter(({ key }) => !unsaid.has(key)).map((each) => (
          <div key={each.key} style={{ display: "contents" }}>
            <dt title={each.key}>{keySaid(t, each.key)}</dt>
            <dd>{valueSaid(t, each.value)}{each.record && <span className={styles.quiet}> · {each.record.source.join(", ")} · {t("rules.gradeOf", { grade: each.record.grade, meaning: t(`rules.grade.${each.record.grade}`) })}</span>}</dd>
          </div>
        ))}
        {table.alternatives.length > 0 && <><dt>{t("rules.alternatives")}</dt><dd>{table.alternatives.join(" / ")}</dd></>}
        {record.note && <><dt>{t("rules.note")}</dt><dd>{record.note}</dd></>}
      </dl>
      {record.source.length > 0 && (
        <span className={styles.quiet}>
          {record.source.map((cited) => <Cited key={cited} cited={cited} title={titleOf(cited)} url={urlOf(cited)} />)}
          {t("rules.gradeOf", { grade: record.grade, meaning: t(`rules.grade.${record.grade}`) })} · {t(`rules.status.${record.status}`)}
          {record.effective_from && ` · ${t("rules.from", { day: record.effective_from })}`}
          {record.effective_to && ` · ${t("rules.to", { day: record.effective_to })}`}
        </span>
      )}
    </section>
  );
}

/** A source by its key; its title shows on the way to its page. */
function Cited({ cited, title, url }: { cited: string; title: string | undefined; url: string | undefined }) {
  const known = url?.startsWith("https://") ? url : null;
  return (
    <>
      {known ? <a href={known} title={title} target="_blank" rel="noreferrer">{cited}</a> : <span title={title}>{cited}</span>}
      {" · "}
    </>
  );
}

/** Which version is shown, and what is not the same as in the one before. */
function Changes({ pack, on, onShow }: { pack: PackRow; on: string | null; onShow: (day: string | null) => void }) {
  const { t } = useTranslation();
  const { versions } = pack;
  const dated = versions.filter((version) => version.effective_from !== null);
  const last = dated.at(-1)?.effective_from ?? null;
  const shown = on ?? pack.effective_from ?? last;
  const index = dated.findIndex(({ effective_from: from }) => from === shown);
  const before = index > 0 ? (dated[index - 1]?.effective_from ?? null) : null;
  const { data } = usePackChanges(pack.id, before, shown);
  if (dated.length < 2) return <p className={styles.quiet}>{t("rules.oneVersion")}</p>;
  return (
    <div className={styles.changes}>
      <Select style={{ minWidth: 220 }} aria-label={t("rules.versions")} value={shown ?? ""} onChange={(day) => onShow(day)} options={dated.map(({ version, effective_from: from }) => ({ value: from ?? "", label: t("rules.versionFrom", { version, day: from ?? "" }) }))} />
      {before && data && (
        <table aria-label={t("rules.changes")} style={{ marginTop: 8, fontSize: 13 }}>
          <caption className={styles.quiet}>{t("rules.changedSince", { day: before, count: data.changes.length })}</caption>
          <tbody>
            {data.changes.map((change) => <tr key={change.key}><td className={styles.quiet}>{change.key}</td><td><del>{change.before ?? "–"}</del></td><td><ins>{change.after ?? "–"}</ins></td></tr>)}
          </tbody>
        </table>
      )}
    </div>
  );
}
