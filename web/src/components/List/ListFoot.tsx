import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../Busy/busy";
import type { Count } from "../../api/types";
import { formatCount, formatNumber } from "../../format/number";
import styles from "./List.module.css";

interface Props {
  shown: number;
  count: Count;
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

export function ListFoot({ shown, count, hasMore, loading, onMore }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.foot}>
      <span>{t("list.shown", { shown: formatNumber(shown, i18n.language), count: formatCount(count, i18n.language) })}</span>
      {hasMore && <Button onClick={onMore} loading={busy(loading)}>{t("action.more")}</Button>}
    </div>
  );
}
