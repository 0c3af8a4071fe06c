import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useWaitingCompensations } from "../../api/compensations";
import { useClaimedIncentives } from "../../api/incentives";
import { useMay } from "../../api/session";
import { formatCount } from "../../format/number";

/** Money that waits for whoever is signed in to agree; nothing while there is none. */
export function MoneyFigures({ className }: { className: string | undefined }) {
  const { t, i18n } = useTranslation();
  const may = useMay("money.approve");
  const waiting = useWaitingCompensations(may).data;
  const claimed = useClaimedIncentives(may).data;
  if (!may || (waiting?.value ?? 0) + (claimed?.value ?? 0) === 0) return null;
  return (
    <p className={className}>
      <b>{t("compensations.waitsForMe")}</b>{" "}
      {waiting && waiting.value > 0 && <Link to="/compensations">{t("compensations.waitingCount", { number: formatCount(waiting, i18n.language) })}</Link>}
      {claimed && claimed.value > 0 && <Link to="/incentives">{t("incentives.claimedCount", { number: formatCount(claimed, i18n.language) })}</Link>}
    </p>
  );
}
