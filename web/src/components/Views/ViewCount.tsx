import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { countOf } from "../../api/lists";
import type { SavedView } from "../../api/types";
import type { ListName } from "../../filter/spec";
import { formatCount } from "../../format/number";
import styles from "./Views.module.css";

/** How many rows a view finds; asked for where the server does not say it with the view. */
export function ViewCount({ list, view }: { list: ListName; view: SavedView }) {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ["views", list, "count", view.query],
    enabled: view.count === null,
    staleTime: 60_000,
    queryFn: ({ signal }) => countOf(list, view.query, signal),
  });
  const count = view.count ?? data;
  return count ? <span className={styles.count}>{formatCount(count, i18n.language)}</span> : null;
}
