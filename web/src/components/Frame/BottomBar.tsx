import { EllipsisOutlined } from "@ant-design/icons";
import { Badge, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import styles from "./Rail.module.css";
import { usePlaces } from "./usePlaces";

const most = 5;

/** The rail of a phone: a bar at the bottom, with what is seldom needed behind "more". */
export function BottomBar() {
  const { t } = useTranslation();
  const go = useNavigate();
  const here = useLocation().pathname.split("/")[1] ?? "";
  const places = usePlaces();
  const close = places.length <= most ? places : places.filter(({ isClose }) => isClose);
  const far = places.filter((place) => !close.includes(place));
  return (
    <nav aria-label={t("nav.label")} className={styles.bottom}>
      {close.map(({ key, to, icon, counter }) => (
        <Link key={key} to={to} aria-current={here === key ? "page" : undefined}>
          <Badge dot={counter !== null}>{icon}</Badge>
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
      {far.length > 0 && (
        <Dropdown
          trigger={["click"]}
          placement="topRight"
          menu={{ selectedKeys: [here], items: far.map(({ key, to, icon }) => ({ key, icon, label: t(`nav.${key}`), onClick: () => void go(to) })) }}
        >
          <button type="button" className={styles.more} aria-current={far.some(({ key }) => key === here) ? "page" : undefined}>
            <EllipsisOutlined />
            <span>{t("nav.more")}</span>
          </button>
        </Dropdown>
      )}
    </nav>
  );
}
