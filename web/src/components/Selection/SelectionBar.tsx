import { CheckOutlined, CloseOutlined, PlaySquareOutlined, TagOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { useMacros } from "../../api/automation";
import { mostRows } from "../../api/bulk";
import { useHandlers } from "../../api/handlers";
import { useMay, useMe } from "../../api/session";
import { useTags } from "../../api/tags";
import type { BulkAction, Count } from "../../api/types";
import { outcomes } from "../../filter/spec";
import { formatCount, formatNumber } from "../../format/number";
import { TagName } from "../Tags/TagName";
import { Trouble } from "../Trouble/Trouble";
import { BulkOutcome } from "./BulkOutcome";
import styles from "./Selection.module.css";
import type { Selection } from "./useSelection";

interface Props {
  selection: Selection;
  /** How many rows the filter finds. */
  count: Count;
  nameOf: (id: string) => string | null;
}

/** What can be done with the chosen rows, and what became of what was done. */
export function SelectionBar({ selection, count, nameOf }: Props) {
  const { t, i18n } = useTranslation();
  const { list, ids, all, busy, act } = selection;
  const mayTag = useMay("review.tag");
  const mayHandle = useMay("case.handle");
  const chosen = all ? formatCount(count, i18n.language) : formatNumber(ids.length, i18n.language);
  const some = all || ids.length > 0;
  if (!some && !selection.outcome && !selection.error) return null;
  const more = !all && !busy && ids.length < count.value;
  return (
    <section className={styles.bar} aria-label={t("bulk.label")}>
      {selection.error != null && <Trouble error={selection.error} />}
      {selection.outcome && <BulkOutcome selection={selection} nameOf={nameOf} />}
      {some && (
        <div className={styles.line}>
          <b className={styles.many}>{all ? t("bulk.allChosen", { count: chosen }) : t("bulk.chosen", { count: chosen })}</b>
          {more && (
            <Button type="link" size="small" onClick={selection.takeAll} disabled={count.value > mostRows} title={t("bulk.most", { count: formatNumber(mostRows, i18n.language) })}>
              {t("bulk.takeAll", { count: formatCount(count, i18n.language) })}
            </Button>
          )}
          {mayTag && <TagMenu label={t("bulk.tag")} kind="tag" busy={busy} act={act} />}
          {mayTag && <TagMenu label={t("bulk.untag")} kind="untag" busy={busy} act={act} />}
          {mayHandle && list === "cases" && <AssignMenu busy={busy} act={act} />}
          {mayHandle && list === "cases" && <EndMenu busy={busy} act={act} />}
          {mayHandle && list === "cases" && <MacroMenu busy={busy} act={act} />}
          {mayTag && (
            <Dropdown
              trigger={["click"]}
              disabled={busy}
              menu={{ items: [
                { key: "gone", label: t("bulk.markGone"), onClick: () => act({ kind: "mark_gone" }) },
                { key: "back", label: t("bulk.unmarkGone"), onClick: () => act({ kind: "unmark_gone" }) },
              ] }}
            >
              <Button>{t("bulk.more")}</Button>
            </Dropdown>
          )}
          {!mayTag && !mayHandle && <span className={styles.quiet}>{t("bulk.mayNot")}</span>}
          <span className={styles.spread} />
          <Button type="text" icon={<CloseOutlined aria-hidden="true" />} aria-label={t("bulk.none")} title={t("bulk.none")} onClick={selection.clear} />
        </div>
      )}
    </section>
  );
}

interface MenuFor {
  busy: boolean;
  act: (action: BulkAction) => void;
}

function TagMenu({ label, kind, busy, act }: MenuFor & { label: string; kind: "tag" | "untag" }) {
  const { t } = useTranslation();
  const { tags } = useTags();
  const items: MenuProps["items"] = tags.map((tag) => ({ key: tag.id, label: <TagName tag={tag} />, onClick: () => act({ kind, tag: tag.id }) }));
  if (items.length === 0) items.push({ key: "none", disabled: true, label: t("tags.none") });
  return (
    <Dropdown trigger={["click"]} disabled={busy} menu={{ items, className: styles.menu }}>
      <Button icon={kind === "tag" ? <TagOutlined aria-hidden="true" /> : undefined}>{label}</Button>
    </Dropdown>
  );
}

/** Ends the chosen cases with an outcome. */
function EndMenu({ busy, act }: MenuFor) {
  const { t } = useTranslation();
  const items: MenuProps["items"] = outcomes.map((outcome) => ({ key: outcome, label: t(`outcome.${outcome}`), onClick: () => act({ kind: "end", outcome }) }));
  return (
    <Dropdown trigger={["click"]} disabled={busy} menu={{ items, className: styles.menu }}>
      <Button icon={<CheckOutlined aria-hidden="true" />}>{t("bulk.end")}</Button>
    </Dropdown>
  );
}

/** Runs a macro on the chosen cases. */
function MacroMenu({ busy, act }: MenuFor) {
  const { t } = useTranslation();
  const macros = useMacros().data?.macros ?? [];
  if (macros.length === 0) return null;
  const items: MenuProps["items"] = macros.map(({ id, name, missing }) => ({ key: id, label: name, disabled: missing.length > 0, onClick: () => act({ kind: "macro", macro: id }) }));
  return (
    <Dropdown trigger={["click"]} disabled={busy} menu={{ items, className: styles.menu }}>
      <Button icon={<PlaySquareOutlined aria-hidden="true" />}>{t("bulk.macro")}</Button>
    </Dropdown>
  );
}

function AssignMenu({ busy, act }: MenuFor) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const mayAssign = useMay("case.assign");
  const people = useHandlers().filter((each) => each.id !== me?.user.id);
  const assign = (owner: string | null) => () => act({ kind: "assign", owner });
  const items: MenuProps["items"] = [
    { key: "me", label: t("bulk.assignMe"), onClick: assign("me") },
    { key: "nobody", label: t("bulk.assignNobody"), onClick: assign(null) },
    ...(mayAssign && people.length > 0 ? [{ type: "divider" as const }, ...people.map((each) => ({ key: each.id, label: each.name, onClick: assign(each.id) }))] : []),
  ];
  return (
    <Dropdown trigger={["click"]} disabled={busy} menu={{ items, className: styles.menu }}>
      <Button icon={<UserOutlined aria-hidden="true" />}>{t("bulk.assign")}</Button>
    </Dropdown>
  );
}
