import { useTranslation } from "react-i18next";
import type { Link } from "../../../api/types";
import { OnceDialog } from "../../../components/Once/OnceDialog";
import { exactTime } from "../../../format/time";

interface Props {
  kind: "invitation" | "reset";
  name: string;
  link: Link | null;
  onClose: () => void;
}

/** The link for somebody, whole, to be sent to him by whatever way the team uses. */
export function LinkDialog({ kind, name, link, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const until = link ? exactTime(new Date(link.expires_at), i18n.language) : "";
  return (
    <OnceDialog
      title={t(`people.linkTitle.${kind}`, { name })}
      label={t("people.link")}
      text={link && new URL(link.link, window.location.origin).href}
      note={t(`people.linkNote.${kind}`, { name, until })}
      onClose={onClose}
    />
  );
}
