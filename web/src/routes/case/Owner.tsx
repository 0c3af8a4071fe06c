import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { useSetOwner } from "../../api/cases";
import { useMay, useMe } from "../../api/session";
import type { Case } from "../../api/types";
import { useKeys } from "../../components/Keys/useKeys";
import { useUndo } from "../../components/Keys/useUndo";
import { Trouble } from "../../components/Trouble/Trouble";
import styles from "./Parts.module.css";
import { TakeOver } from "./TakeOver";

/** Who has the case; take it, take it over with a reason, release it, each with undo. */
export function Owner({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const may = useMay("case.handle");
  const mayAssign = useMay("case.assign");
  const { message } = App.useApp();
  const offer = useUndo();
  const change = useSetOwner(found.id);
  const [asking, setAsking] = useState(false);
  const { owner } = found;
  // Giving a case back to a colleague is giving it to somebody else.
  const mayGiveBack = mayAssign || owner === null || owner?.id === me?.user.id;
  const isMine = owner !== null && owner?.id === me?.user.id;

  const give = (to: string | null, said: string, reason?: string) => {
    const before = owner?.id ?? null;
    change.mutate({ owner: to, version: found.version, reason }, {
      onSuccess: (now) => {
        setAsking(false);
        if (!mayGiveBack) return void message.success(said);
        offer(said, () => change.mutate({ owner: before, version: now.version }, { onSuccess: () => void message.success(t("cases.takenBack")) }));
      },
    });
  };
  // A supervisor hands cases about anyway; a colleague says why.
  const take = () => (owner && !mayAssign ? setAsking(true) : give("me", t("cases.taken")));
  useKeys({ a: may && !isMine && !change.isPending ? take : undefined });

  return (
    <div className={styles.owner}>
      <p className={styles.line}>
        {isMine ? t("cases.ownedByMe") : owner ? t("cases.ownedBy", { name: owner.name }) : t("cases.ownedByNobody")}
      </p>
      {!may && <p className={styles.quiet}>{t("cases.mayNot")}</p>}
      {may && (
        <div className={styles.buttons}>
          {!isMine && <Button type={owner ? "default" : "primary"} loading={busy(change.isPending)} onClick={take}>{owner ? t("cases.takeOver") : t("cases.take")}</Button>}
          {isMine && <Button loading={busy(change.isPending)} onClick={() => give(null, t("cases.released"))}>{t("cases.release")}</Button>}
        </div>
      )}
      <Trouble error={change.error} />
      {asking && owner && <TakeOver caseId={found.id} name={owner.name} error={change.error} busy={change.isPending} onClose={() => setAsking(false)} onTake={(reason) => give("me", t("cases.taken"), reason)} />}
    </div>
  );
}
