import { CompassOutlined } from "@ant-design/icons";
import { Result } from "antd";
import { useTranslation } from "react-i18next";
import { useHome } from "../Frame/home";
import { LinkButton } from "../LinkButton/LinkButton";

export function Missing() {
  const { t } = useTranslation();
  return (
    <Result
      icon={<CompassOutlined />}
      title={t("trouble.notFound")}
      subTitle={t("trouble.notFoundNext")}
      extra={
        <LinkButton to={useHome()} type="primary">
          {t("trouble.home")}
        </LinkButton>
      }
    />
  );
}
