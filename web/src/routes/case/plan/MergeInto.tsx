import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useMergeCase } from "../../../api/cases";
import { useMay } from "../../../api/session";
import type { Case } from "../../../api/types";
import { explain } from "../../../components/Trouble/explain";

const live: ReadonlySet<string> = new Set(["open", "in_progress", "waiting"]);

/** Lets this case go on in another one of the same order or buyer, and opens that one. */
export function MergeInto({ found, other }: { found: Case; other: Case["related"][number] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useNavigate();
  const may = useMay("case.handle");
  const merge = useMergeCase(found.id);
  if (!may || !live.has(found.state) || !live.has(other.state)) return null;
  const start = () =>
    merge.mutate({ into: other.id, version: found.version }, {
      onSuccess: (now) => {
        void message.success(t("casework.merged"));
        void go(`/cases/${now.id}`);
      },
      onError: (error) => void message.error(explain(error, t)),
    });
  return <Button type="link" size="small" loading={merge.isPending} onClick={start}>{t("casework.merge")}</Button>;
}
