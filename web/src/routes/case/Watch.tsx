import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useWatch, useWatches } from "../../api/handovers";

/** Keeps an eye on a case, or no longer; nobody else is told. */
export function Watch({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data } = useWatches();
  const watch = useWatch();
  const watches = data?.watched.some((each) => each.case.id === id) ?? false;
  if (!data) return null;
  const turn = () => watch.mutate({ id, watches: !watches }, {
    onSuccess: () => void message.success(t(watches ? "handover.unwatched" : "handover.watched")),
    onError: (error) => void message.error(error.message),
  });
  return <Button type="text" size="small" loading={watch.isPending} icon={watches ? <EyeInvisibleOutlined /> : <EyeOutlined />} onClick={turn}>{t(watches ? "handover.unwatch" : "handover.watch")}</Button>;
}
