import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, LoadingOutlined, QuestionCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useProfiles } from "../../../api/profiles";
import type { Import, ImportPreview } from "../../../api/types";
import imports from "../Imports.module.css";
import { clarityOf } from "./clarity";
import styles from "./Draft.module.css";

const icons = { clear: <CheckCircleFilled />, look: <CheckCircleFilled />, ask: <QuestionCircleFilled />, stuck: <ExclamationCircleFilled />, unreadable: <CloseCircleFilled /> };
const tones = { clear: imports.toneGood, look: imports.toneBusy, ask: imports.toneWarn, stuck: imports.toneWarn, unreadable: imports.toneBad };

/** What a file was recognised as, in a sentence. */
export function Recognised({ of, preview, busy }: { of: Import; preview: ImportPreview; busy: boolean }) {
  const { t } = useTranslation();
  const { profiles, isPending } = useProfiles();
  const clarity = clarityOf(preview);
  const profile = profiles.find(({ name }) => name === preview.profile);
  const kind = preview.kind && t(`importKind.${preview.kind}`);
  const isGeneric = preview.profile?.startsWith("generic-") ?? true;
  const facts = [
    of.file_name,
    of.shop?.name,
    preview.format && t(`draft.format.${preview.format}`),
    preview.encoding?.toUpperCase(),
    preview.sheet && t("draft.sheet", { name: preview.sheet }),
    preview.mapping.length > 0 && t("draft.columns", { count: preview.mapping.length }),
  ].filter(Boolean);
  const sentence = !kind
    ? t(clarity === "unreadable" ? "draft.unreadable" : "draft.unknown")
    : isGeneric || isPending
      ? t("draft.guessed", { kind })
      : t("draft.known", { profile: profile?.title ?? preview.profile, kind });
  return (
    <header className={styles.recognised} role="status" aria-busy={busy}>
      <h2 className={tones[clarity]}>
        <span aria-hidden="true">{busy ? <LoadingOutlined spin /> : icons[clarity]}</span> {sentence}
      </h2>
      <p className={imports.quiet}>{facts.join(" · ")}</p>
      <p className={styles.next}>{t(`draft.next.${clarity}`)}</p>
    </header>
  );
}
