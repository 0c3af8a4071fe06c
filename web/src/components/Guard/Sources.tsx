import { useTranslation } from "react-i18next";
import type { GuardSource } from "../../api/types";

interface Props {
  sources: readonly GuardSource[];
  grade: string;
}

/** Where a rule comes from and how well it is known. */
export function Sources({ sources, grade }: Props) {
  const { t } = useTranslation();
  return (
    <span>
      {t("guard.source")}{" "}
      {sources.map(({ key, locator, title, url, page_date }, index) => {
        const name = [title ?? key, locator, page_date].filter(Boolean).join(" · ");
        return (
          <span key={`${key} ${locator ?? ""}`}>
            {index > 0 && "; "}
            {url ? <a href={url} target="_blank" rel="noreferrer">{name}</a> : name}
          </span>
        );
      })}
      {" · "}{t(`guard.grade.${grade}`)}
    </span>
  );
}
