import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useCreateCase } from "../../api/cases";
import { ApiProblem } from "../../api/problem";
import { useMay } from "../../api/session";
import { busy } from "../Busy/busy";

/** Opens a case from an imported refund or return; where there is one already, goes to it. */
export function OpenFromRecord({ record, shop }: { record: string; shop: string }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const open = useCreateCase();
  const [key] = useState(() => crypto.randomUUID());
  if (!may) return null;
  const start = () =>
    open.mutate({ key, wish: { kind: "after_sale", shop, after_sale: record } }, {
      onSuccess: (opened) => {
        void message.success(t("intake.opened", { number: opened.number }));
        void go(`/cases/${opened.id}`);
      },
      onError: (error) => {
        const taken = error instanceof ApiProblem ? error.openCase : null;
        if (taken) void go(`/cases/${taken.id}`);
        const fields = error instanceof ApiProblem ? Object.values(error.fields) : [];
        void (taken ? message.info(error.message) : message.error(fields[0] ?? error.message));
      },
    });
  return <Button size="small" loading={busy(open.isPending)} onClick={start}>{t("intake.fromRecord")}</Button>;
}
