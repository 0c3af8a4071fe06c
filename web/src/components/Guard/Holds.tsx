import { useTranslation } from "react-i18next";
import { type HoldFilter, useHolds } from "../../api/guard";
import { Panel } from "../Panel/Panel";
import styles from "./Guard.module.css";
import { HoldCard } from "./HoldCard";

interface Props {
  of: HoldFilter;
  /** On the page of its own case, which needs no link to itself. */
  isOnCase?: boolean;
}

/** Held texts beside what they are about, with what became of them; nothing where there are none. */
export function Holds({ of, isOnCase = false }: Props) {
  const { t } = useTranslation();
  const { data } = useHolds(of);
  const holds = data?.pages[0]?.holds ?? [];
  if (holds.length === 0) return null;
  return (
    <Panel title={t("guard.heldTexts")}>
      <ul className={`${styles.holds} ${styles.compact}`} aria-label={t("guard.heldTexts")}>
        {holds.slice(0, 5).map((hold) => <HoldCard key={hold.id} hold={hold} isOnCase={isOnCase} />)}
      </ul>
    </Panel>
  );
}
