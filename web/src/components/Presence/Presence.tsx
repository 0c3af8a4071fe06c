import { EditOutlined, EyeOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { usePresent } from "../../api/live";
import { useBeingHere } from "../../api/presence";
import { useMe } from "../../api/session";
import styles from "./Presence.module.css";

/** Colleagues who have this case open; whoever is writing is named as such, so that no two answer one buyer. */
export function Presence({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  useBeingHere(caseId);
  const others = usePresent(caseId).filter(({ id }) => id !== me?.user.id);
  return (
    <span role="status" className={styles.present}>
      {others.map(({ id, name, typing }) => (
        <span key={id} className={styles.person} data-typing={typing || undefined}>
          {typing ? <EditOutlined aria-hidden="true" /> : <EyeOutlined aria-hidden="true" />}
          {t(typing ? "live.typing" : "live.here", { name })}
        </span>
      ))}
    </span>
  );
}
