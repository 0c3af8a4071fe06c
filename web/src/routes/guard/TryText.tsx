import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShops } from "../../api/shops";
import type { GuardChannel } from "../../api/types";
import { useDraft } from "../../components/Draft/draft";
import styles from "../../components/Guard/Guard.module.css";
import { GuardPanel } from "../../components/Guard/GuardPanel";

/** The ways a text is tried for, the usual first. `template` is a script that is kept for later. */
const channels: readonly (GuardChannel | "template")[] = ["platform_message", "public_reply", "sms", "email", "phone_script", "note", "task", "invitation", "template"];

/** A place to try a text before it is typed elsewhere. Nothing of it is kept. */
export function TryText() {
  const { t } = useTranslation();
  const { shops } = useShops();
  const [text, write] = useDraft("guard.try");
  const [shop, setShop] = useState<string>();
  const [way, setWay] = useState<GuardChannel | "template">("platform_message");
  const of = shop ?? shops[0]?.id;
  const where = { channel: way === "template" ? ("platform_message" as const) : way, template: way === "template", ...(of ? { shop: of } : {}) };
  return (
    <div className={styles.try}>
      <p className={styles.quiet}>{t("guard.tryLead")}</p>
      <div className={styles.where}>
        {shops.length > 0 && <Select aria-label={t("cases.shop")} style={{ minWidth: 180 }} value={of} onChange={setShop} options={shops.map(({ id, name, platform }) => ({ value: id, label: `${name} · ${t(`platform.${platform}`)}` }))} />}
        <Select aria-label={t("guard.way")} style={{ minWidth: 160 }} value={way} onChange={setWay} options={channels.map((value) => ({ value, label: t(`guard.channel.${value}`) }))} />
      </div>
      <Input.TextArea autoFocus value={text} onChange={(event) => write(event.target.value)} aria-label={t("guard.tryText")} placeholder={t("guard.tryExample")} autoSize={{ minRows: 4, maxRows: 14 }} maxLength={10_000} />
      <GuardPanel text={text} where={where} onUse={write} isAlways />
    </div>
  );
}
