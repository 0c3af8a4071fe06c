import { useTranslation } from "react-i18next";
import type { SavedView } from "../../api/types";
import { formatCount } from "../../format/number";
import styles from "./Views.module.css";

/** How many rows a view finds; nothing where its filter cannot be read any more. */
export function ViewCount({ view }: { view: SavedView }) {
  const { i18n } = useTranslation();
  return view.count && <span className={styles.count}>{formatCount(view.count, i18n.language)}</span>;
}
