import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useChangeShop, useShops } from "../../api/shops";
import type { ShopMeasures } from "../../api/types";
import { Sources } from "../../components/Removal/Sources";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatNumber } from "../../format/number";
import styles from "./Measures.module.css";

/** What sellers tell each other and no official source knows: off unless somebody turns it on for the shop. */
export function Folk({ of }: { of: ShopMeasures }) {
  const { t, i18n } = useTranslation();
  const may = useMay("shop.manage");
  const { shops } = useShops();
  const change = useChangeShop();
  const shop = shops.find(({ id }) => id === of.shop.id);
  const number = (value: number) => formatNumber(value, i18n.language);
  if (!of.defects || !shop || (!may && !of.buy_box)) return null;
  return (
    <section className={styles.group} aria-label={t("measures.folk")}>
      <h2>{t("measures.folk")}</h2>
      {may && (
        <label className={styles.switch}>
          <Switch size="small" checked={shop.folk_models} loading={change.isPending} aria-label={t("measures.folkShow")} onChange={(shown) => change.mutate({ id: shop.id, folk_models: shown })} />
          {t("measures.folkShow")}
        </label>
      )}
      <p className={styles.quiet}>{t("measures.folkHelp")}</p>
      {of.buy_box && (
        <>
          <p className={styles.answer}>{t("measures.folkPoints", { points: number(of.buy_box.points) })} <small>{t("measures.folkParts", { good: number(of.buy_box.good_orders), bad: number(of.buy_box.bad_orders) })}</small></p>
          <Sources source={of.buy_box.source} grade={of.buy_box.grade} />
        </>
      )}
      <Trouble error={change.error} />
    </section>
  );
}
