import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Layout, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { LanguageSwitch } from "./LanguageSwitch";
import { PersonMenu } from "./PersonMenu";
import { SearchBox } from "./SearchBox";
import { ShopSwitch } from "./ShopSwitch";
import styles from "./TopBar.module.css";

export function TopBar({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const isDesk = useMay("review.read");
  return (
    <Layout.Header className={styles.bar}>
      {isDesk && <ShopSwitch />}
      {isDesk && <SearchBox />}
      <div className={styles.right}>
        <Tooltip title={`${t("top.keys")} (?)`}>
          <Button className={styles.keys} type="text" icon={<QuestionCircleOutlined />} aria-label={t("top.keys")} onClick={onKeys} />
        </Tooltip>
        <LanguageSwitch />
        <PersonMenu />
      </div>
    </Layout.Header>
  );
}
