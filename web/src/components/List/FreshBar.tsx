import { ArrowUpOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./List.module.css";

/** Says that there is something new and waits for a click: rows never jump under the mouse. */
export function FreshBar({ fresh, what, onShow }: { fresh: number | null; what: "reviews" | "cases"; onShow: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {fresh !== null && (
        <Button type="link" className={styles.fresh} icon={<ArrowUpOutlined aria-hidden="true" />} onClick={onShow}>
          {fresh > 0 ? t(`lists.fresh.${what}`, { count: fresh }) : t("lists.changedNow")}
        </Button>
      )}
    </div>
  );
}
