import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useCaseIncentive, useClaimIncentive } from "../../../api/incentives";
import { useMay } from "../../../api/session";
import type { Case } from "../../../api/types";
import { inLanguage } from "../../../components/Guard/said";
import styles from "../../../components/Money/Money.module.css";
import { IncentiveState } from "../../../components/Money/StateName";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { formatMoney } from "../../../format/number";

/** What whoever solved the case may claim; shown once it is over. */
export function Incentive({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const { data, error } = useCaseIncentive(found.id);
  const claim = useClaimIncentive(found.id);
  const isOver = found.state === "solved" || found.state === "closed";
  if (!data || (!isOver && data.claimed.length === 0)) return null;
  return (
    <Panel title={t("incentives.title")}>
      {data.claimed.length > 0 && (
        <ul className={styles.list} aria-label={t("incentives.title")}>
          {data.claimed.map((one) => (
            <li key={one.id}>
              <span className={styles.amount}>{formatMoney(one.amount, i18n.language)}</span>
              <span>{t(`incentives.basis.${one.basis}`)}</span>
              <IncentiveState state={one.state} />
              <span className={styles.quiet}>{one.person?.name}</span>
            </li>
          ))}
        </ul>
      )}
      {data.refused && data.claimed.length === 0 && <p className={styles.quiet}>{inLanguage(data.refused, i18n.language)}</p>}
      {may && data.amount && data.basis.length > 0 && (
        <div className={styles.line}>
          {data.basis.map((basis) => (
            <Button key={basis} size="small" loading={claim.isPending} onClick={() => claim.mutate(basis, { onSuccess: () => void message.success(t("incentives.claimed")) })}>
              {t("incentives.claim", { basis: t(`incentives.basis.${basis}`), amount: data.amount ? formatMoney(data.amount, i18n.language) : "" })}
            </Button>
          ))}
        </div>
      )}
      <p className={styles.quiet}>{t("incentives.neverRating")}</p>
      <Trouble error={error ?? claim.error} />
    </Panel>
  );
}
