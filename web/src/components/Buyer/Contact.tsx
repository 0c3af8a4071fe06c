import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { type ContactField, useReveal } from "../../api/things";
import type { BuyerDetail } from "../../api/types";
import { busy } from "../Busy/busy";
import styles from "../Detail/Detail.module.css";
import { Trouble } from "../Trouble/Trouble";

const fields = ["nick", "name", "phone", "email"] as const;

/** How a buyer can be reached, masked. Each field is shown in full on its own click, which is recorded. */
export function Contact({ buyer }: { buyer: BuyerDetail }) {
  const { t } = useTranslation();
  const may = useMay("contact.reveal");
  return (
    <>
      <dl className={styles.facts}>
        {fields.map((field) => (
          <Field key={field} buyer={buyer.id} field={field} masked={buyer[field]} may={may} />
        ))}
        <Field buyer={buyer.id} field="address" masked={buyer.has_address ? "***" : null} may={may} />
        <dt>{t("things.region")}</dt>
        <dd>{buyer.region ?? t("unknown")}</dd>
      </dl>
      <p className={styles.quiet} style={{ marginTop: 8 }}>{may ? t("things.revealNote") : t("things.revealMayNot")}</p>
    </>
  );
}

function Field({ buyer, field, masked, may }: { buyer: string; field: ContactField; masked: string | null; may: boolean }) {
  const { t } = useTranslation();
  const reveal = useReveal(buyer);
  const [shown, setShown] = useState<string | null>(null);
  const name = t(`things.contact.${field}`);
  const hide = () => {
    setShown(null);
    reveal.reset();
  };
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span aria-live="polite">{shown ?? masked ?? t("unknown")}</span>
        {may && masked !== null && (shown === null ? (
          <Tooltip title={t("things.revealHint")}>
            <Button size="small" type="text" icon={<EyeOutlined aria-hidden="true" />} loading={busy(reveal.isPending)} aria-label={t("things.revealOne", { field: name })} onClick={() => reveal.mutate(field, { onSuccess: ({ value }) => setShown(value ?? t("unknown")) })}>
              {t("things.reveal")}
            </Button>
          </Tooltip>
        ) : (
          <Button size="small" type="text" icon={<EyeInvisibleOutlined aria-hidden="true" />} aria-label={t("things.hideOne", { field: name })} onClick={hide}>{t("things.hide")}</Button>
        ))}
        <Trouble error={reveal.error} />
      </dd>
    </>
  );
}
