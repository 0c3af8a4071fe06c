import { UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Import } from "../../../api/types";
import { formatNumber } from "../../../format/number";
import styles from "../Imports.module.css";
import { UndoDialog } from "./UndoDialog";

/** Takes an import back, after saying what that would do. */
export function Undo({ of }: { of: Import }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<UndoOutlined />} onClick={() => setOpen(true)}>{t("imports.undo.button")}</Button>
      <UndoDialog of={of} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** What undoing an import did. */
export function Undone({ of }: { of: NonNullable<Import["undo"]> }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  return <p className={styles.line}>{t("imports.undo.did", { removed: number(of.removed), restored: number(of.restored), kept: number(of.kept) })}</p>;
}
