import { DownOutlined, LogoutOutlined, SettingOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useLogout, useMe } from "../../api/session";
import { type Mode, modes, setMode, useMode } from "../../theme/mode";
import styles from "./TopBar.module.css";

export function PersonMenu() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const logout = useLogout();
  const go = useNavigate();
  const mode = useMode();
  if (!me) return null;
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{
        selectedKeys: [mode],
        items: [
          {
            key: "who",
            disabled: true,
            label: (
              <span className={styles.menuLine}>
                {me.user.display_name}
                <small>{t(me.user.department ? `department.${me.user.department}` : `role.${me.user.role}`)} · {me.tenant.name}</small>
              </span>
            ),
          },
          { type: "divider" },
          { type: "group", label: t("top.theme"), children: modes.map((each) => ({ key: each, label: t(`theme.${each}`), onClick: () => setMode(each as Mode) })) },
          { type: "divider" },
          { key: "settings", icon: <SettingOutlined />, label: t("person.settings"), onClick: () => void go("/settings") },
          { key: "out", icon: <LogoutOutlined />, label: t("person.signOut"), onClick: () => logout.mutate() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t("top.person")}>
        <span className={styles.name}>{me.user.display_name}</span>
        <DownOutlined style={{ fontSize: 10 }} />
      </Button>
    </Dropdown>
  );
}
