import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useNextCase } from "../../api/assignment";
import { useSetOwner } from "../../api/cases";
import { useMay } from "../../api/session";
import { busy } from "../../components/Busy/busy";
import { useKeys } from "../../components/Keys/useKeys";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import styles from "./Workbench.module.css";

/** The case that is best taken now, and why; `b` takes it and opens it. */
export function NextCase() {
  const { t } = useTranslation();
  const go = useNavigate();
  const may = useMay("case.handle");
  const { data, error, refetch } = useNextCase(may);
  const next = data?.next ?? null;
  const take = useSetOwner(next?.case.id ?? "");
  const open = () => {
    if (!next) return;
    const there = `/cases/${next.case.id}`;
    if (next.case.owner) return void go(there);
    // Whoever was quicker has it: the next look finds another one.
    take.mutate({ owner: "me" }, { onSuccess: () => void go(there), onError: () => void refetch() });
  };
  useKeys({ b: next && !take.isPending ? open : undefined });
  if (!may || (!next && !error)) return null;
  return (
    <section className={styles.next} aria-label={t("workbench.next")}>
      <Trouble error={error ?? take.error} onRetry={() => void refetch()} />
      {next && (
        <>
          <div>
            <b>{t("workbench.nextOf", { number: next.case.number, shop: next.case.shop.name })}</b>
            <p>
              {t("workbench.severityOf", { severity: next.case.severity })} · {next.due_at ? <>{t("workbench.dueAt")} <When at={next.due_at} shop={next.case.shop.id} /></> : t("workbench.noDue")} · {t(`prospect.${next.prospect}`)} · {t("workbench.score", { score: next.score })}
            </p>
          </div>
          <Button type="primary" loading={busy(take.isPending)} onClick={open} title="b">{t(next.case.owner ? "workbench.openNext" : "workbench.takeNext")}</Button>
        </>
      )}
    </section>
  );
}
