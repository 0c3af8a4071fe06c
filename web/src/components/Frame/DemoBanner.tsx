import { ExperimentOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMay, useMe, useWipeDemo } from "../../api/session";
import { useShops, useSummary } from "../../api/shops";
import { formatCount } from "../../format/number";
import { explain } from "../Trouble/explain";
import styles from "./Banner.module.css";

/** Says on every page that this is the demo, and offers to wipe it. */
export function DemoBanner() {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const { shops } = useShops();
  const { data: summary } = useSummary();
  const mayWipe = useMay("demo.wipe");
  const wipe = useWipeDemo();
  const { modal, message } = App.useApp();
  if (!me?.tenant.demo) return null;

  const reviews = formatCount({ value: summary?.reviews ?? 0, capped: summary?.reviews_capped ?? false }, i18n.language);
  const ask = () =>
    modal.confirm({
      title: t("demo.confirmTitle"),
      content: t("demo.confirm", { shops: shops.length, reviews }),
      okText: t("demo.ok"),
      okButtonProps: { danger: true },
      cancelText: t("action.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: async () => {
        try {
          const { setup_url } = await wipe.mutateAsync();
          const next = new URL(setup_url, window.location.origin);
          // A fresh start: nothing of the demo stays in memory.
          window.location.assign(next.pathname + next.search);
        } catch (error) {
          message.error(explain(error, t));
        }
      },
    });
  return (
    <div className={styles.demo} role="note">
      <ExperimentOutlined />
      <strong>{t("demo.banner")}</strong>
      <span className={styles.text}>{t("demo.text")}</span>
      {mayWipe && <Button size="small" onClick={ask}>{t("demo.wipe")}</Button>}
    </div>
  );
}
