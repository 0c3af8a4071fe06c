import { AuditOutlined, ImportOutlined, MenuFoldOutlined, MenuUnfoldOutlined, MessageOutlined, SettingOutlined } from "@ant-design/icons";
import { Badge, Button, Grid, Layout, Menu, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useSummary } from "../../api/shops";
import { formatNumber } from "../../format/number";
import { shopQuery } from "./shop";
import styles from "./Rail.module.css";

const key = "pingxin.rail";

const places = [
  { key: "cases", icon: <AuditOutlined /> },
  { key: "reviews", icon: <MessageOutlined /> },
  { key: "imports", icon: <ImportOutlined /> },
  { key: "settings", icon: <SettingOutlined /> },
] as const;

/** The pages there are. On a phone a bar at the bottom. */
export function Rail() {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  const wide = Grid.useBreakpoint().md ?? true;
  const [folded, setFolded] = useState(() => localStorage.getItem(key) === "folded");
  const { data: summary } = useSummary();
  const here = pathname.split("/")[1] ?? "";
  const fold = () => {
    localStorage.setItem(key, folded ? "open" : "folded");
    setFolded(!folded);
  };
  const urgent = summary?.urgent_cases ?? 0;
  const addressOf = (place: string) => `/${place}${place === "cases" || place === "reviews" ? shopQuery() : ""}`;
  const urgentName = t("nav.urgent", { count: urgent, number: formatNumber(urgent, i18n.language) });

  if (!wide) {
    return (
      <nav aria-label={t("nav.label")} className={styles.bottom}>
        {places.map((place) => (
          <Link key={place.key} to={addressOf(place.key)} aria-current={here === place.key ? "page" : undefined}>
            <Badge dot={place.key === "cases" && urgent > 0}>{place.icon}</Badge>
            <span>{t(`nav.${place.key}`)}</span>
          </Link>
        ))}
      </nav>
    );
  }
  return (
    <Layout.Sider collapsed={folded} width={208} collapsedWidth={56} className={styles.rail} trigger={null}>
      <Link to="/cases" className={styles.brand} aria-label={t("app.name")}>
        <img src="/favicon.svg" alt="" width={26} height={26} />
        {!folded && <span>{t("app.name")}</span>}
      </Link>
      <nav aria-label={t("nav.label")} className={styles.menu}>
        <Menu
          mode="inline"
          inlineCollapsed={folded}
          selectedKeys={[here]}
          items={places.map((place) => ({
            key: place.key,
            icon: place.icon,
            title: t(`nav.${place.key}`),
            label: (
              <Link to={addressOf(place.key)} className={styles.item}>
                <span>{t(`nav.${place.key}`)}</span>
                {place.key === "cases" && urgent > 0 && (
                  <Tooltip title={urgentName} placement="right">
                    <span className={styles.urgent} aria-label={urgentName}>{urgent}</span>
                  </Tooltip>
                )}
              </Link>
            ),
          }))}
        />
      </nav>
      <Button
        type="text"
        className={styles.fold}
        icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={folded ? t("nav.expand") : t("nav.collapse")}
        aria-expanded={!folded}
        onClick={fold}
      >
        {!folded && t("nav.collapse")}
      </Button>
    </Layout.Sider>
  );
}
