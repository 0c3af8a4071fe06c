import { DownloadOutlined, PlusOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, Select, Skeleton, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { packAddress, useAddEvidenceFile, useDeleteEvidenceFile, useEvidence } from "../../api/evidence";
import { useReview } from "../../api/reviews";
import { useMay } from "../../api/session";
import { useZoneOf } from "../../api/shops";
import type { Evidence as Pack, Review } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { useTitle } from "../../components/Frame/useTitle";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { CopyLine } from "../../components/Once/CopyLine";
import { Panel } from "../../components/Panel/Panel";
import { saidIn } from "../../components/Removal/said";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatBytes } from "../../format/number";
import { exactTime } from "../../format/time";
import styles from "./Evidence.module.css";

/** 举证材料: everything that bears on a review, with the request and what is missing; one zip, and a page to print. */
export function Evidence() {
  const { id = "" } = useParams();
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  useTitle(t("evidence.title"));
  const { data: review, error: noReview } = useReview(id);
  const grounds = review?.removal.grounds ?? [];
  const best = grounds.find(({ verdict }) => verdict === review?.removal.verdict && verdict !== "not_eligible");
  const ground = params.get("ground") ?? best?.ground ?? null;
  const { data: pack, error, refetch } = useEvidence(id, ground);
  if (noReview && !review) return <Trouble page error={noReview} />;
  return (
    <div className={styles.page}>
      <header className={`${styles.head} ${styles.tools}`}>
        <h1>{t("evidence.title")}</h1>
        {grounds.length > 0 && (
          <Select
            style={{ minWidth: 220 }}
            aria-label={t("removal.ground")}
            value={ground ?? ""}
            onChange={(value) => setParams({ ground: value }, { replace: true })}
            options={[{ value: "", label: t("evidence.noGround") }, ...grounds.map((each) => ({ value: each.ground, label: saidIn(each.name, i18n.language) }))]}
          />
        )}
        <span className={styles.spread} />
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t("evidence.print")}</Button>
        <Button type="primary" icon={<DownloadOutlined />} href={packAddress(id, ground || null)} download={pack?.file_name}>{t("evidence.download")}</Button>
      </header>
      <Trouble error={error} onRetry={() => void refetch()} />
      {!pack && !error && <Skeleton active paragraph={{ rows: 12 }} />}
      {pack && review && <Contents pack={pack} review={review} />}
    </div>
  );
}

function Contents({ pack, review }: { pack: Pack; review: Review }) {
  const { t, i18n } = useTranslation();
  const zone = useZoneOf()(review.shop.id);
  return (
    <>
      <p className={styles.quiet}>{pack.file_name} · {formatBytes(pack.size, i18n.language)} · SHA-256 <code data-testid="pack-hash">{pack.sha256}</code></p>
      <p className={styles.quiet}>{t("evidence.help")}</p>
      {pack.missing.length > 0 && (
        <Panel title={t("evidence.missing")}>
          <ul className={styles.missing}>{pack.missing.map((each) => <li key={each.en}>{saidIn(each, i18n.language)}</li>)}</ul>
        </Panel>
      )}
      {pack.letter && (
        <Panel title={t("evidence.letter")}>
          <CopyLine label={t("evidence.letter")} text={pack.letter.text} />
          <p className={styles.quiet}>{pack.letter.max === null ? t("evidence.length", { length: pack.letter.length }) : t("evidence.lengthOf", { length: pack.letter.length, max: pack.letter.max })}</p>
        </Panel>
      )}
      <Files pack={pack} review={review} />
      <Panel title={t("evidence.timeline")}>
        <ol className={styles.timeline}>
          {pack.timeline.map((moment, index) => <li key={`${moment.at}${index}`}><time dateTime={moment.at}>{exactTime(new Date(moment.at), i18n.language, zone)}</time>{moment.what}</li>)}
        </ol>
      </Panel>
      {pack.documents.filter(({ path }) => /^[2345]-/.test(path)).map((document) => (
        <Panel key={document.path} title={document.title}><pre className={styles.text}>{document.text}</pre></Panel>
      ))}
      <Panel title={t("evidence.contents")}>
        <ul className={styles.files} aria-label={t("evidence.contents")}>
          {pack.contents.map((file) => <li key={file.path}><span>{file.path}</span><span className={styles.quiet}>{formatBytes(file.size, i18n.language)}</span><code>{file.sha256}</code></li>)}
        </ul>
      </Panel>
      <p className={styles.tools}><LinkButton to={`/reviews?review=${review.id}`}>{t("evidence.toReview")}</LinkButton></p>
    </>
  );
}

function Files({ pack, review }: { pack: Pack; review: Review }) {
  const { t, i18n } = useTranslation();
  const may = useMay("case.handle");
  const add = useAddEvidenceFile(review.id);
  const remove = useDeleteEvidenceFile();
  return (
    <Panel title={t("evidence.files")}>
      {pack.files.length === 0 && <p className={styles.quiet}>{t("evidence.noFiles")}</p>}
      {pack.files.length > 0 && (
        <ul className={styles.files} aria-label={t("evidence.files")}>
          {pack.files.map((file) => (
            <li key={file.id}>
              <span>{file.name}</span>
              <span className={styles.quiet}>{formatBytes(file.size, i18n.language)}{file.added_by && ` · ${file.added_by.name}`}</span>
              <code>{file.sha256}</code>
              {may && <Button size="small" type="text" className={styles.tools} loading={busy(remove.isPending)} onClick={() => remove.mutate(file.id)}>{t("evidence.remove")}</Button>}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <div className={styles.tools}>
          <Upload showUploadList={false} beforeUpload={(file) => { add.mutate(file); return false; }}>
            <Button size="small" icon={<PlusOutlined />} loading={busy(add.isPending)}>{t("evidence.add")}</Button>
          </Upload>
          <p className={styles.quiet}>{t("evidence.addHelp")}</p>
        </div>
      )}
      <Trouble error={add.error ?? remove.error} />
    </Panel>
  );
}
