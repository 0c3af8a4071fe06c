import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMay } from "../../api/session";
import type { Review, RemovalGround } from "../../api/types";
import { LinkButton } from "../LinkButton/LinkButton";
import { When } from "../When/When";
import { FactsForm } from "./FactsForm";
import { FileForm } from "./FileForm";
import styles from "./Removal.module.css";
import { ruleAddress } from "./rule";
import { saidIn } from "./said";
import { Sources } from "./Sources";
import { VerdictName } from "./VerdictName";

/** Whether the platform removes the review, or why not, ground by ground; and what was asked so far. */
export function RemovalPanel({ review }: { review: Review }) {
  const { t } = useTranslation();
  const may = useMay("case.handle");
  const { message } = App.useApp();
  const [open, setOpen] = useState<"file" | "facts" | null>(null);
  const { removal } = review;
  const isWaiting = removal.requests.some(({ state }) => state === "filed" || state === "appealed");
  const isGranted = removal.requests.some(({ state }) => state === "granted");
  const close = (said?: string) => {
    setOpen(null);
    if (said) void message.success(said);
  };
  return (
    <>
      <p className={styles.verdict}>
        <VerdictName verdict={removal.verdict} />
        {removal.stale && <span className={styles.poor}>{t("rules.stale")}</span>}
      </p>
      {removal.grounds.length === 0 && removal.reports.length === 0 && <p className={styles.note}>{t(removal.pack ? "removal.noGround" : "removal.noPack")}</p>}
      {removal.grounds.length > 0 && (
        <ul className={styles.grounds} aria-label={t("removal.grounds")}>
          {[...removal.grounds].sort(byVerdict).map((ground) => <Ground key={ground.ground} ground={ground} pack={removal.pack} stale={removal.stale} />)}
        </ul>
      )}
      {removal.reports.length > 0 && <Reports review={review} />}
      {removal.requests.length > 0 && (
        <ul className={styles.requests} aria-label={t("removal.requests")} style={{ marginTop: 10 }}>
          {removal.requests.map((request) => (
            <li key={request.id} className={styles.top}>
              <Link to={`/appeals?tab=${request.state}&request=${request.id}`}>{t(`removal.state.${request.state}`)}</Link>
              <span className={styles.quiet}><When at={request.filed_at} shop={review.shop.id} /></span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        {may && removal.grounds.length > 0 && !isWaiting && !isGranted && <Button size="small" type={removal.verdict === "eligible" ? "primary" : "default"} onClick={() => setOpen("file")}>{t("removal.file")}</Button>}
        {may && removal.grounds.length > 0 && <Button size="small" onClick={() => setOpen("facts")}>{t("removal.stateFacts")}</Button>}
        <LinkButton size="small" to={`/evidence/${review.id}`}>{t("evidence.open")}</LinkButton>
      </div>
      {open === "file" && <FileForm review={review} onClose={close} />}
      {open === "facts" && <FactsForm review={review} onClose={close} />}
    </>
  );
}

const order = ["eligible", "needs_evidence", "expired", "not_eligible", "no_rule"];

function byVerdict(one: RemovalGround, two: RemovalGround): number {
  return order.indexOf(one.verdict) - order.indexOf(two.verdict);
}

function Ground({ ground, pack, stale }: { ground: RemovalGround; pack: string | null; stale: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <li className={styles.ground}>
      <span className={styles.top}>
        <VerdictName verdict={ground.verdict} />
        {pack ? <Link to={ruleAddress(pack, `removal_ground.${ground.ground}`)}>{saidIn(ground.name, i18n.language)}</Link> : <b>{saidIn(ground.name, i18n.language)}</b>}
        <span className={styles.quiet}>{t(`removal.outcome.${ground.outcome}`)}</span>
        {ground.deadline && ground.verdict !== "not_eligible" && <span className={styles.quiet}>{t("removal.until", { day: ground.deadline })}</span>}
      </span>
      <span className={styles.why}>{saidIn(ground.why, i18n.language)}</span>
      {ground.quotes.map((quote) => (
        <q key={`${quote.in}${quote.span.join()}`} className={styles.quote}>{quote.words}{quote.at && <span className={styles.quiet}> · {t("removal.inMessage")}</span>}</q>
      ))}
      {ground.missing.length > 0 && <span className={styles.note}>{t("removal.missing", { what: ground.missing.map(({ name }) => saidIn(name, i18n.language)).join(t("removal.and")) })}</span>}
      {ground.record.poor && <span className={styles.poor}>{t("removal.poor", { granted: ground.record.granted, asked: ground.record.granted + ground.record.refused })}</span>}
      <Sources source={ground.source} grade={ground.grade} stale={stale} />
    </li>
  );
}

function Reports({ review }: { review: Review }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <p className={styles.note}>{t("removal.reports")}</p>
      <ul className={styles.grounds} aria-label={t("removal.reports")}>
        {review.removal.reports.map((report) => (
          <li key={report.reason} className={styles.ground}>
            <span className={styles.why}>{saidIn(report.why, i18n.language)}</span>
            {report.quotes.map((quote) => <q key={quote.span.join()} className={styles.quote}>{quote.words}</q>)}
          </li>
        ))}
      </ul>
    </>
  );
}
