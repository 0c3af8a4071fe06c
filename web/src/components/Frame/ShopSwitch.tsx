import { ShopOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { useShops } from "../../api/shops";
import { withFilter } from "../../filter/filter";
import { listNames } from "../../filter/spec";
import { chooseShop, chosenShop } from "./shop";
import styles from "./TopBar.module.css";

const every = "";

/** One shop or all of them. On a list the address is what counts; elsewhere the choice waits for the next list. */
export function ShopSwitch() {
  const { t } = useTranslation();
  const { shops } = useShops();
  const { pathname, search } = useLocation();
  const go = useNavigate();
  const [, setTold] = useState(0);
  const params = new URLSearchParams(search);
  const isList = listNames.some((name) => pathname === `/${name}`);
  const inAddress = params.getAll("shop");
  const remembered = chosenShop();
  const known = remembered !== null && shops.some((shop) => shop.id === remembered) ? remembered : every;
  const value = !isList ? known : inAddress.length > 1 ? "several" : (inAddress[0] ?? every);

  const change = (id: string) => {
    chooseShop(id === every ? null : id);
    setTold((times) => times + 1);
    if (isList) void go({ pathname, search: withFilter(params, "shop", id === every ? null : id).toString() });
  };
  return (
    <Select
      className={styles.shop}
      variant="filled"
      value={value}
      onChange={change}
      aria-label={t("top.shop")}
      prefix={<ShopOutlined />}
      popupMatchSelectWidth={240}
      showSearch={shops.length > 8 ? { optionFilterProp: "label" } : false}
      options={[
        { value: every, label: t("top.allShops") },
        ...(value === "several" ? [{ value: "several", label: t("top.shopsChosen", { count: inAddress.length }), disabled: true }] : []),
        ...shops.map((shop) => ({ value: shop.id, label: shop.name })),
      ]}
    />
  );
}
