import { MenuFoldOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Button, Grid, Layout, Menu, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { BottomBar } from "./BottomBar";
import { useHome } from "./home";
import styles from "./Rail.module.css";
import { type Counter, usePlaces } from "./usePlaces";

const key = "pingxin.rail";

/** The pages there are for this person. On a phone a bar at the bottom. */
export function Rail() {
  const isWide = Grid.useBreakpoint().md ?? true;
  return isWide ? <SideRail /> : <BottomBar />;
}

function SideRail() {
  const { t } = useTranslation();
  const home = useHome();
  const here = useLocation().pathname.split("/")[1] ?? "";
  const [folded, setFolded] = useState(() => localStorage.getItem(key) === "folded");
  const places = usePlaces();
  const fold = () => {
    localStorage.setItem(key, folded ? "open" : "folded");
    setFolded(!folded);
  };
  return (
    <Layout.Sider collapsed={folded} width={208} collapsedWidth={56} className={styles.rail} trigger={null}>
      <Link to={home} className={styles.brand} aria-label={t("app.name")}>
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
              <Link to={place.to} className={styles.item}>
                <span>{t(`nav.${place.key}`)}</span>
                {place.counter && <Waiting {...place.counter} />}
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

function Waiting({ short, name }: Counter) {
  return (
    <Tooltip title={name} placement="right">
      <span className={styles.urgent} aria-label={name}>{short}</span>
    </Tooltip>
  );
}
