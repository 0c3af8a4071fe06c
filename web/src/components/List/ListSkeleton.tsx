import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./List.module.css";

const rows = Array.from({ length: 9 }, (_, row) => row);

/** Rows in the shape of a list, while the first page is on its way. */
export function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-label={t("action.loading")}>
      {rows.map((row) => (
        <Skeleton key={row} active title={{ width: `${64 - (row % 4) * 9}%` }} paragraph={{ rows: 1, width: "32%" }} />
      ))}
    </div>
  );
}
