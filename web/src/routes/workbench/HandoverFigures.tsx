import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useHandovers, useWatches } from "../../api/handovers";

/** What waits to be taken, and what I keep an eye on. */
export function HandoverFigures({ className }: { className: string | undefined }) {
  const { t } = useTranslation();
  const offered = useHandovers({ state: "open", offered: true });
  const watches = useWatches().data;
  const page = offered.data?.pages[0];
  if (!page || !watches) return null;
  const number = page.next_cursor ? `${page.handovers.length}+` : page.handovers.length;
  return (
    <p className={className}>
      <b>{t("handover.title")}</b>{" "}
      <Link to="/handover">{t("handover.offeredCount", { number })}</Link>
      <Link to="/handover?tab=watched">{t("handover.watchedCount", { number: watches.watched.length })}</Link>
    </p>
  );
}
