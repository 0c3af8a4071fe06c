import { PlaySquareOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useMacros } from "../../api/automation";
import { useBulk, useUndoBulk } from "../../api/bulk";
import { useMay } from "../../api/session";
import { useUndo } from "../../components/Keys/useUndo";
import { Trouble } from "../../components/Trouble/Trouble";

/** Runs a macro on the case; it can be undone like any other bulk action. */
export function MacroButton({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const macros = useMacros().data?.macros ?? [];
  const [run, back] = [useBulk(), useUndoBulk()];
  const offer = useUndo();
  if (!may || macros.length === 0) return null;
  const start = (macro: string) =>
    run.mutate({ list: "cases", ids: [id], action: { kind: "macro", macro } }, {
      onSuccess: (done) => {
        const why = done.results.find(({ problem }) => problem)?.problem?.detail;
        if (why) void message.warning(t("automation.macroFailed", { why }));
        offer(t("bulk.did.macro", { count: 1 }), () => back.mutate(done.id));
      },
    });
  return (
    <>
      <Dropdown trigger={["click"]} disabled={run.isPending} menu={{ items: macros.map(({ id: macro, name, missing }) => ({ key: macro, label: name, disabled: missing.length > 0, onClick: () => start(macro) })) }}>
        <Button size="small" icon={<PlaySquareOutlined aria-hidden="true" />}>{t("automation.runMacro")}</Button>
      </Dropdown>
      <Trouble error={run.error ?? back.error} />
    </>
  );
}
