import { SafetyCertificateOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useCheckAudit } from "../../../api/audit";
import type { AuditCheck } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { explain } from "../../../components/Trouble/explain";
import { formatNumber } from "../../../format/number";

/** Walks the chain of entries and says whether one was changed, taken out or put in. */
export function ChainCheck() {
  const { t, i18n } = useTranslation();
  const { modal, message } = App.useApp();
  const check = useCheckAudit();
  const tell = ({ whole, entries, broken_at, how }: AuditCheck) => {
    const count = formatNumber(entries, i18n.language);
    if (whole) void modal.success({ title: t("audit.whole"), content: t("audit.wholeText", { count }), okText: t("audit.ok") });
    else void modal.error({ title: t("audit.broken"), content: t("audit.brokenText", { count, seq: broken_at ?? t("unknown"), how: t(`audit.how.${how ?? "changed"}`) }), okText: t("audit.ok") });
  };
  const run = () => check.mutate(undefined, { onSuccess: tell, onError: (error) => void message.error(explain(error, t)) });
  return <Button icon={<SafetyCertificateOutlined />} onClick={run} loading={busy(check.isPending)}>{t("audit.check")}</Button>;
}
