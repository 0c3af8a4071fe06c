import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, MinusCircleFilled, SyncOutlined, UndoOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "../../../api/types";
import { formatNumber } from "../../../format/number";
import styles from "../Imports.module.css";

/** What came of an import, in words: never green when rows were left out. */
function saidOf(of: Import): { key: string; icon: React.ReactNode; tone: string | undefined } {
  if (of.state === "failed") return { key: "imports.failedTitle", icon: <CloseCircleFilled />, tone: styles.toneBad };
  if (of.state === "cancelled") return { key: "imports.cancelledTitle", icon: <MinusCircleFilled />, tone: styles.toneGrey };
  if (of.state === "undone") return { key: "imports.undo.done", icon: <UndoOutlined />, tone: styles.toneGrey };
  if (of.state !== "done") return { key: `importState.${of.state}`, icon: <SyncOutlined spin={of.state !== "queued"} />, tone: styles.toneBusy };
  if (of.dry_run) return { key: "imports.doneDry", icon: <CheckCircleFilled />, tone: styles.toneBusy };
  if (of.failed > 0) return { key: "imports.donePartly", icon: <ExclamationCircleFilled />, tone: styles.toneWarn };
  return { key: "imports.doneTitle", icon: <CheckCircleFilled />, tone: styles.toneGood };
}

export function ResultHead({ of }: { of: Import }) {
  const { t, i18n } = useTranslation();
  const { key, icon, tone } = saidOf(of);
  const facts = [of.file_name, of.shop?.name, of.kind && t(`importKind.${of.kind}`), of.encoding?.toUpperCase()].filter(Boolean);
  return (
    <header className={styles.resultHead} role="status">
      <h2 className={tone}>
        <span aria-hidden="true">{icon}</span> {t(key, { failed: formatNumber(of.failed, i18n.language) })}
        {of.dry_run && of.state !== "done" && <Tag variant="filled">{t("imports.dryTag")}</Tag>}
      </h2>
      <p className={styles.quiet}>{facts.join(" · ")}</p>
    </header>
  );
}
