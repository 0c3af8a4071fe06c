import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Access } from "../../../api/types";

const most = 2;

/** Which shops somebody sees, the rest of many on hover. */
export function Reach({ of }: { of: Access }) {
  const { t } = useTranslation();
  if (of.all_shops) return <>{t("people.reach.all")}</>;
  if (of.shops.length === 0) return <>–</>;
  const names = of.shops.map(({ name }) => name);
  const short = names.slice(0, most).join(t("people.comma"));
  if (names.length <= most) return <>{short}</>;
  return <Tooltip title={names.join(t("people.comma"))}><span>{t("people.andMore", { names: short, count: names.length - most })}</span></Tooltip>;
}

export function RoleName({ of }: { of: Access }) {
  const { t } = useTranslation();
  return <>{t(`role.${of.role}`)}{of.department && ` · ${t(`department.${of.department}`)}`}</>;
}
