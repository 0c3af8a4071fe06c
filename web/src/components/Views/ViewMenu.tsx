import { DownOutlined, SaveOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useMay } from "../../api/session";
import type { SavedView } from "../../api/types";
import { useChangeView, useDeleteView, useSaveView } from "../../api/views";
import { columnsIn } from "../../filter/columns";
import { setKeys, withFilter } from "../../filter/filter";
import type { ListName } from "../../filter/spec";
import { isSameView, viewQuery } from "../../filter/views";
import { explain } from "../Trouble/explain";
import { ViewForm } from "./ViewForm";

interface Props {
  list: ListName;
  open: SavedView | null;
  columns: string[];
  zone?: string;
}

/** Saves what is shown as a view; renames, shares, updates and deletes the one that is open. */
export function ViewMenu({ list, open, columns, zone }: Props) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const mayShare = useMay("view.share");
  const [params, setParams] = useSearchParams();
  const [form, setForm] = useState<"new" | "rename" | null>(null);
  const save = useSaveView(list);
  const change = useChangeView(list);
  const remove = useDeleteView(list);
  const changed = open !== null && (!isSameView(list, params, open, zone) || columnsIn(params) !== null);
  const mayChange = open !== null && (open.mine || (open.shared && mayShare));
  const worth = setKeys(list, params).some((key) => key !== "shop") || params.has("sort") || params.has("columns");
  const say = { onError: (error: unknown) => void message.error(explain(error, t)) };
  const shown = { query: viewQuery(list, params, zone), columns };
  const openAs = (id: string) => setParams((now) => withFilter(withFilter(now, "view", id), "columns", null), { replace: true });

  const create = (name: string, shared: boolean) =>
    save.mutate({ name, shared, ...shown }, {
      onSuccess: (view) => {
        setForm(null);
        openAs(view.id);
        void message.success(t("views.saved", { name: view.name }));
      },
    });
  const update = (wish: Parameters<typeof change.mutate>[0], said: string) =>
    change.mutate(wish, {
      ...say,
      onSuccess: () => {
        setForm(null);
        // What the view keeps now need not stand in the address.
        if (wish.columns) setParams((now) => withFilter(now, "columns", null), { replace: true });
        void message.success(said);
      },
    });
  const ask = (view: SavedView) => modal.confirm({
    title: t("views.deleteTitle", { name: view.name }),
    content: view.shared ? t("views.deleteShared") : t("views.deleteOwn"),
    okText: t("views.delete"),
    cancelText: t("action.cancel"),
    okButtonProps: { danger: true },
    onOk: () => remove.mutateAsync(view.id).then(() => setParams((now) => withFilter(now, "view", null), { replace: true }), say.onError),
  });

  const items: MenuProps["items"] = open ? [
    ...(mayChange ? [
      { key: "update", label: t("views.update"), disabled: !changed, onClick: () => update({ id: open.id, ...shown }, t("views.updated", { name: open.name })) },
      { key: "rename", label: t("views.rename"), onClick: () => setForm("rename") },
    ] : []),
    ...(mayShare && mayChange ? [{ key: "share", label: open.shared ? t("views.unshare") : t("views.share"), onClick: () => update({ id: open.id, shared: !open.shared }, open.shared ? t("views.nowPrivate") : t("views.nowShared")) }] : []),
    { key: "copy", label: t("views.saveAs"), onClick: () => setForm("new") },
    ...(mayChange ? [{ type: "divider" as const }, { key: "delete", label: t("views.delete"), danger: true, onClick: () => void ask(open) }] : []),
  ] : [];

  return (
    <>
      {open ? (
        <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
          <Button type={changed ? "link" : "text"}>{changed ? t("views.changed") : t("views.menu")} <DownOutlined aria-hidden="true" style={{ fontSize: 10 }} /></Button>
        </Dropdown>
      ) : (
        <Button type="text" icon={<SaveOutlined aria-hidden="true" />} disabled={!worth} title={worth ? undefined : t("views.nothing")} onClick={() => setForm("new")}>{t("views.save")}</Button>
      )}
      {form === "new" && (
        <ViewForm title={t("views.saveTitle")} mayShare={mayShare} error={save.error} busy={save.isPending} onSave={create} onClose={() => { save.reset(); setForm(null); }} />
      )}
      {form === "rename" && open && (
        <ViewForm title={t("views.rename")} name={open.name} error={change.error} busy={change.isPending} onSave={(name) => update({ id: open.id, name }, t("views.renamed", { name }))} onClose={() => { change.reset(); setForm(null); }} />
      )}
    </>
  );
}
