import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { CopyLine } from "./CopyLine";
import styles from "./Once.module.css";

interface Props {
  title: string;
  label: string;
  /** What is shown this once; nothing closes the dialog. */
  text: string | null;
  /** What to do with it and until when. */
  note: string;
  onClose: () => void;
}

/** Shows a secret the one time it is known. A click beside the dialog does not close it. */
export function OnceDialog({ title, label, text, note, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal open={text !== null} title={title} mask={{ closable: false }} keyboard={false} closable={false} footer={<Button type="primary" onClick={onClose}>{t("once.close")}</Button>} destroyOnHidden>
      <div className={styles.once}>
        <CopyLine label={label} text={text ?? ""} />
        <p className={styles.note}>{note}</p>
      </div>
    </Modal>
  );
}
