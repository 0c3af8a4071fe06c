import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";

/** In place of a page that failed; the frame around it goes on working. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <Result
      status="warning"
      title={t("trouble.broken")}
      subTitle={t("trouble.brokenNext")}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t("action.reload")}
        </Button>
      }
    />
  );
}
