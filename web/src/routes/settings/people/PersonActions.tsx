import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useChangePerson, useRemoveTotp, useResetLink } from "../../../api/people";
import type { Link, Person } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import { AccessDialog } from "./AccessDialog";
import { isLastOwner } from "./access";
import { LinkDialog } from "./LinkDialog";

/** What an owner can do with somebody. */
export function PersonActions({ person, people }: { person: Person; people: Person[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useNavigate();
  const ask = useAsk();
  const change = useChangePerson();
  const reset = useResetLink();
  const removeTotp = useRemoveTotp();
  const [editing, setEditing] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const name = person.display_name;
  const isLast = isLastOwner(person, people);
  const isGone = person.disabled_at !== null;

  const disable = () =>
    ask({
      title: t("people.disableTitle", { name }),
      text: t("people.disableText"),
      ok: t("people.disable"),
      onOk: () => change.mutateAsync({ id: person.id, disabled: true }).then(() => message.success(t("people.disabledNow", { name }))),
    });
  const enable = () =>
    ask({
      title: t("people.enableTitle", { name }),
      text: t("people.enableText"),
      ok: t("people.enable"),
      isDanger: false,
      onOk: () => change.mutateAsync({ id: person.id, disabled: false }).then(() => message.success(t("people.enabledNow", { name }))),
    });
  const flipReviewed = () =>
    ask({
      title: t(person.reviewed ? "people.reviewedOffTitle" : "people.reviewedOnTitle", { name }),
      text: t("people.reviewedText"),
      ok: t(person.reviewed ? "people.reviewedOff" : "people.reviewedOn"),
      isDanger: false,
      onOk: () => change.mutateAsync({ id: person.id, reviewed: !person.reviewed }).then(() => message.success(t("people.reviewedSaved", { name }))),
    });
  const askTotp = () =>
    ask({
      title: t("people.totpRemoveTitle", { name }),
      text: t("people.totpRemoveText"),
      ok: t("people.totpRemove"),
      onOk: () => removeTotp.mutateAsync(person.id).then(() => message.success(t("people.totpRemoved", { name }))),
    });
  const askReset = () =>
    ask({
      title: t("people.resetTitle", { name }),
      text: t("people.resetText"),
      ok: t("people.makeLink"),
      isDanger: false,
      onOk: () => reset.mutateAsync(person.id).then(setLink),
    });
  return (
    <>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          items: [
            { key: "edit", label: t("people.edit"), disabled: isGone, onClick: () => setEditing(true) },
            ...(person.role === "agent" && !isGone ? [{ key: "reviewed", label: t(person.reviewed ? "people.reviewedOff" : "people.reviewedOn"), onClick: flipReviewed }] : []),
            { key: "sessions", label: t("people.sessions"), onClick: () => void go(`/settings/sessions?person=${person.id}`) },
            { key: "audit", label: t("people.audit"), onClick: () => void go(`/settings/audit?actor=${person.id}`) },
            { key: "reset", label: t("people.reset"), disabled: isGone, onClick: askReset },
            ...(person.totp ? [{ key: "totp", label: t("people.totpRemove"), onClick: askTotp }] : []),
            { type: "divider" },
            isGone
              ? { key: "enable", label: t("people.enable"), onClick: enable }
              : { key: "disable", label: isLast ? t("people.lastOwnerShort") : t("people.disable"), danger: !isLast, disabled: isLast, onClick: disable },
          ],
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("people.actionsOf", { name })} />
      </Dropdown>
      {editing && <AccessDialog person={person} isLast={isLast} onClose={() => setEditing(false)} />}
      <LinkDialog kind="reset" name={name} link={link} onClose={() => setLink(null)} />
    </>
  );
}
