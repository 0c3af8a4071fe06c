import { useTranslation } from "react-i18next";
import { useThing } from "../../api/things";
import { excerpt } from "../../format/excerpt";

/** The name of a product or buyer that a list is narrowed to. */
export function NameOf({ kind, id }: { kind: "product" | "buyer"; id: string }) {
  const { t } = useTranslation();
  const { data } = useThing(kind === "product" ? "products" : "buyers", id);
  const name = data && ("title" in data ? data.title : "nick" in data ? data.nick : null);
  return <>{name ? excerpt(String(name), 24) : t("unknown")}</>;
}
