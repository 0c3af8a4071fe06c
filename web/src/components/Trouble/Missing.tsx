import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export function Missing() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      icon={null}
      title={t("trouble.notFound")}
      subTitle={t("trouble.notFoundNext")}
      extra={
        <Link to="/cases">
          <Button type="primary">{t("trouble.home")}</Button>
        </Link>
      }
    />
  );
}
