import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useUndoCorrection } from "../../api/corrections";
import { useMay } from "../../api/session";
import type { Correction, Review } from "../../api/types";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";
import styles from "./Correction.module.css";
import { saidIn } from "./said";

/** Every correction of a review, the newest first, with what has become of it. */
export function Corrections({ review }: { review: Review }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("review.correct");
  const undo = useUndoCorrection();
  return (
    <>
      <ul className={styles.list} aria-label={t("corrections.title")}>
        {review.corrections.map((one) => (
          <li key={one.id} className={one.state === "standing" ? undefined : styles.over}>
            <span>{saidIn(one, t)}</span> <State of={one} />
            {one.note && <p className={styles.note}>{one.note}</p>}
            <p className={styles.quiet}>
              {one.by?.name ?? t("corrections.atTheMachine")} · <When at={one.at} shop={review.shop.id} />
              {one.undone_at && <> · {t("corrections.undoneBy", { name: one.undone_by?.name ?? t("corrections.atTheMachine") })}</>}
              {may && one.state === "standing" && (
                <Button type="link" size="small" disabled={undo.isPending} onClick={() => undo.mutate(one.id, { onSuccess: () => void message.success(t("corrections.undone")) })}>
                  {t("corrections.undo")}
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
      <Trouble error={undo.error} />
    </>
  );
}

function State({ of }: { of: Correction }) {
  const { t } = useTranslation();
  if (of.state === "standing") return null;
  return <Tag title={of.state === "outdated" ? t("corrections.outdatedWhy") : undefined}>{t(`corrections.state.${of.state}`)}</Tag>;
}
