import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { usePromiseCount } from "../../api/promises";
import { formatCount } from "../../format/number";

/** Promises that are broken or open, each with the list behind it; nothing while there are none. */
export function PromiseFigures({ className }: { className: string | undefined }) {
  const { t, i18n } = useTranslation();
  const broken = usePromiseCount("broken").data;
  const open = usePromiseCount("open").data;
  if (!broken || !open || broken.value + open.value === 0) return null;
  return (
    <p className={className}>
      <b>{t("promises.title")}</b>{" "}
      <Link to="/promises?state=broken">{t("promises.brokenCount", { number: formatCount(broken, i18n.language) })}</Link>
      <Link to="/promises">{t("promises.openCount", { number: formatCount(open, i18n.language) })}</Link>
    </p>
  );
}
