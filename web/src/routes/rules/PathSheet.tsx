import { PrinterOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { usePack } from "../../api/packs";
import type { PackTable } from "../../api/types";
import { useTitle } from "../../components/Frame/useTitle";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { CopyLine } from "../../components/Once/CopyLine";
import { saidIn } from "../../components/Removal/said";
import { Trouble } from "../../components/Trouble/Trouble";
import styles from "./Rules.module.css";
import { type BuyerPath, sheetOf, valueOf } from "./sheet";

/** Where each thing is done on a platform, to be printed: for the shop, and in the buyer's words. */
export function PathSheet() {
  const { pack: id = "" } = useParams();
  const { t, i18n } = useTranslation();
  useTitle(t("rules.sheet"));
  const { data: pack, error, refetch } = usePack(id, null);
  if (error && !pack) return <Trouble page error={error} onRetry={() => void refetch()} />;
  if (!pack) return <Skeleton active paragraph={{ rows: 12 }} />;
  const sheet = sheetOf(pack.entries);
  const titleOf = (table: PackTable) => {
    const [zh, en] = [valueOf(table, "zh"), valueOf(table, "en")];
    return zh && en ? saidIn({ zh, en }, i18n.language) : table.name;
  };
  return (
    <article className={styles.sheet}>
      <header className={styles.head}>
        <h1>{t("rules.sheetOf", { name: saidIn(pack.name, i18n.language) })}</h1>
        <span className={styles.quiet}>{t("rules.version", { version: pack.version })} · {t("rules.reviewed", { day: pack.reviewed_on })}</span>
        {pack.review_by && <span className={pack.stale ? styles.stale : styles.quiet}>{t(pack.stale ? "rules.staleSince" : "rules.reviewBy", { day: pack.review_by })}</span>}
        <span className={styles.noPrint}>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t("evidence.print")}</Button>
          <LinkButton to={`/rules/${encodeURIComponent(pack.id)}`}>{t("rules.toPack")}</LinkButton>
        </span>
      </header>

      <section aria-label={t("rules.sheetFile")}>
        <h2>{t("rules.sheetFile")}</h2>
        {sheet.path ? <p><b>{titleOf(sheet.path)}</b> <From table={sheet.path} /></p> : <p className={styles.quiet}>{t("rules.noPath")}</p>}
        {sheet.removal && <Turnaround of={sheet.removal} />}
        {sheet.grounds.length > 0 && (
          <ul>
            {sheet.grounds.map((ground) => {
              const outcome = valueOf(ground, "outcome");
              return <li key={`${ground.name}${ground.record.effective_from}`}>{titleOf(ground)}{outcome && ` · ${t(`removal.outcome.${outcome}`, { defaultValue: outcome })}`} <From table={ground} /></li>;
            })}
          </ul>
        )}
      </section>

      {sheet.own.length > 0 && <Windows title={t("rules.sheetOwn")} tables={sheet.own} titleOf={titleOf} />}

      <section aria-label={t("rules.sheetBuyer")}>
        <h2>{t("rules.sheetBuyer")}</h2>
        <p className={styles.quiet}>{t("rules.sheetBuyerHelp")}</p>
        {sheet.buyers.length === 0 && <p className={styles.quiet}>{t("rules.noBuyerPath")}</p>}
        {sheet.buyers.map((path) => <Buyer key={path.object} path={path} />)}
      </section>

      {sheet.theirs.length > 0 && <Windows title={t("rules.sheetTheirs")} tables={sheet.theirs} titleOf={titleOf} />}

      {sheet.unknown.length > 0 && (
        <section aria-label={t("rules.section.unknown")}>
          <h2>{t("rules.section.unknown")}</h2>
          <ul>{sheet.unknown.map((table) => <li key={table.name}>{titleOf(table)}</li>)}</ul>
        </section>
      )}
    </article>
  );
}

/** Where a line comes from, how well it is known, and when it was seen. */
function From({ table }: { table: PackTable }) {
  const { t } = useTranslation();
  const seen = valueOf(table, "seen_on");
  const { record } = table;
  return (
    <span className={styles.quiet}>
      {record.source.join(", ")} · {t("rules.gradeOf", { grade: record.grade, meaning: t(`rules.grade.${record.grade}`) })}
      {seen && ` · ${t("rules.seen", { day: seen })}`}
    </span>
  );
}

/** How long an answer takes, where the platform says it; all else that the pack holds of requests is on its own page. */
function Turnaround({ of }: { of: PackTable }) {
  const { t } = useTranslation();
  const told = (["turnaround_workdays", "appeal_turnaround_workdays"] as const).flatMap((key) => {
    const days = valueOf(of, key)?.replace(", ", "–");
    return days ? [<p key={key} className={styles.quiet}>{t(`rules.${key}`, { days })}</p>] : [];
  });
  return <>{told}</>;
}

function Windows({ title, tables, titleOf }: { title: string; tables: readonly PackTable[]; titleOf: (table: PackTable) => string }) {
  const { t } = useTranslation();
  const length = (table: PackTable) => {
    const [days, hours] = [valueOf(table, "days"), valueOf(table, "hours")];
    if (days) return t("rules.lengthDays", { days });
    return hours ? t("rules.lengthHours", { hours }) : null;
  };
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {tables.map((table) => (
          <li key={`${table.name}${table.record.effective_from}`}>
            {titleOf(table)}{length(table) && `: ${length(table)}`}
            {table.alternatives.length > 0 && <span className={styles.stale}> {t("rules.alternatives")}: {table.alternatives.join(" / ")}</span>} <From table={table} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Buyer({ path }: { path: BuyerPath }) {
  const { t } = useTranslation();
  const { words, asking } = path;
  const policy = asking ? valueOf(asking, "policy") : null;
  const said = (key: "zh" | "en") => (words ? valueOf(words, key) : null);
  return (
    <div className={styles.buyer}>
      <h3>{t(`object.${path.object}`, { defaultValue: path.object })}</h3>
      <p>{t(policy ? `rules.asking.${policy}` : "rules.asking.none")} {asking && <From table={asking} />}</p>
      {(["zh", "en"] as const).map((language) => {
        const text = said(language);
        return text && <CopyLine key={language} label={t(`rules.buyerWords.${language}`)} text={text} />;
      })}
      {words && <From table={words} />}
      {!words && <p className={styles.quiet}>{t("rules.noBuyerPath")}</p>}
    </div>
  );
}
