import { ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Watched } from "../../api/changes";
import { useLive } from "../../api/live";
import styles from "./Changed.module.css";

interface Props {
  of: Watched;
  text: string;
  onShow: () => Promise<unknown>;
}

/** Says that a list is no longer what is shown; nothing moves until somebody asks for it. */
export function ChangedBar({ of, text, onShow }: Props) {
  const { t } = useTranslation();
  const { changes, seen } = useLive(of);
  const show = () => {
    seen();
    void onShow();
  };
  return (
    <div role="status" className={styles.place}>
      {changes > 0 && (
        <div className={styles.bar}>
          <span>{text}</span>
          <Button size="small" type="link" icon={<ReloadOutlined />} onClick={show}>{t("live.show")}</Button>
        </div>
      )}
    </div>
  );
}
