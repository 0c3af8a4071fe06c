import { Modal, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useImportUndo, useUndoImport } from "../../../api/undo";
import type { Import, ImportUndo } from "../../../api/types";
import { Trouble } from "../../../components/Trouble/Trouble";
import { formatNumber } from "../../../format/number";
import styles from "../Imports.module.css";
import { undoWords } from "./undoWords";

/** Says what undoing an import would remove, restore and keep, before it does so. */
export function UndoDialog({ of, open, onClose }: { of: Import; open: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { data: plan, error, isFetching, refetch } = useImportUndo(of.id, open);
  const undo = useUndoImport(of.id);
  const words = plan && undoWords(plan, t, i18n.language).all.join(t("imports.undo.joint"));
  return (
    <Modal
      open={open}
      title={t("imports.undo.title", { name: of.file_name })}
      okText={words ? t("imports.undo.ok", { what: words }) : t("imports.undo.button")}
      okButtonProps={{ danger: true, className: styles.longButton, disabled: !words || isFetching }}
      cancelText={t("action.cancel")}
      confirmLoading={undo.isPending}
      onOk={() => undo.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
      width={600}
      styles={{ footer: { display: "flex", flexWrap: "wrap", justifyContent: "flex-end", rowGap: 8 } }}
      destroyOnHidden
    >
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!plan && !error && <Skeleton active paragraph={{ rows: 4 }} />}
      {plan && <Plan plan={plan} />}
      <Trouble error={undo.error} />
    </Modal>
  );
}

function Plan({ plan }: { plan: ImportUndo }) {
  const { t, i18n } = useTranslation();
  const { removes, restores, all } = undoWords(plan, t, i18n.language);
  return (
    <div className={styles.plan}>
      {all.length === 0 && <p className={styles.line}>{t("imports.undo.nothing")}</p>}
      {removes.length > 0 && <p className={styles.line}>{t("imports.undo.removed", { what: removes.join(t("imports.undo.joint")) })}</p>}
      {restores.length > 0 && <p className={styles.line}>{t("imports.undo.restored", { what: restores.join(t("imports.undo.joint")) })}</p>}
      {plan.kept_count > 0 && (
        <section aria-label={t("imports.undo.kept")}>
          <h3>{t("imports.undo.keeps", { count: plan.kept_count, number: formatNumber(plan.kept_count, i18n.language) })}</h3>
          <ul className={styles.kept}>
            {plan.kept.map((each) => (
              <li key={each.id}>
                <span className={styles.label} title={each.label}>{t(`imports.undo.what.${each.what}`)} · {each.label}</span>
                <span className={styles.under}>
                  {each.reason} {each.case_id && <Link to={`/cases/${each.case_id}`}>{t("cases.number", { number: each.case_number ?? "" })}</Link>}
                </span>
              </li>
            ))}
          </ul>
          {(plan.kept_more || plan.kept_count > plan.kept.length) && <p className={styles.quiet}>{t("imports.undo.keptMore")}</p>}
        </section>
      )}
    </div>
  );
}
