import { ImportOutlined } from "@ant-design/icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useImports, useStartImport } from "../../api/imports";
import { useShops } from "../../api/shops";
import { useMay } from "../../api/session";
import { useTitle } from "../../components/Frame/useTitle";
import { Teach } from "../../components/List/Teach";
import { Panel } from "../../components/Panel/Panel";
import { choicesOf, emptyForm, type ImportForm, withColumn } from "./form";
import { History } from "./History";
import { ImportFormPanel } from "./ImportFormPanel";
import styles from "./Imports.module.css";
import { Result } from "./Result";

export function Imports() {
  const { id } = useParams();
  const { t } = useTranslation();
  useTitle(t("page.imports"));
  const go = useNavigate();
  const may = useMay("import.create");
  const { shops, isPending } = useShops();
  const [form, setForm] = useState<ImportForm>(emptyForm);
  // The files behind an import of this visit, so that it can be read again with other columns.
  const [atHand, setAtHand] = useState<Record<string, File[]>>({});
  const start = useStartImport();
  const history = useImports();
  const isFirst = history.data?.pages[0]?.imports.length === 0;
  const change = (part: Partial<ImportForm>) => setForm((now) => ({ ...now, ...part }));

  useEffect(() => {
    if (isPending || form.shop !== null) return;
    const only = shops.length === 1 ? shops[0]?.id : shops.length === 0 ? "new" : undefined;
    if (only) change({ shop: only });
  }, [isPending, shops, form.shop]);

  // A shop that came to be by this import, or was there under this name all along.
  const namesake = form.shop === "new" && !start.isPending ? shops.find((shop) => shop.name === form.newName.trim())?.id : undefined;
  useEffect(() => {
    if (namesake) change({ shop: namesake, newName: "" });
  }, [namesake]);

  const run = async (wanted: ImportForm, dryRun: boolean) => {
    try {
      for (const [index, choice] of choicesOf(wanted, dryRun).entries()) {
        const started = await start.mutateAsync(choice);
        setAtHand((now) => ({ ...now, [started.id]: [choice.file] }));
        if (index === 0) void go(`/imports/${started.id}`);
      }
      if (!dryRun) change({ files: [] });
    } catch {
      // Shown beside the button by `start.error`; what was chosen stays chosen.
    }
  };
  const files = id ? atHand[id] : undefined;
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("imports.title")}</h1>
      <div className={styles.columns} data-result={id !== undefined}>
        <div className={styles.card}>
          <Panel title={t("imports.form")}>
            {may ? (
              <ImportFormPanel form={form} onChange={change} onSubmit={(dryRun) => void run(form, dryRun)} sending={start.isPending} error={start.error} />
            ) : (
              <p className={styles.quiet}>{t("imports.mayNot")}</p>
            )}
          </Panel>
        </div>
        <div className={styles.right}>
          {id && (
            <div className={styles.card}>
              <Result
                key={id}
                id={id}
                wishes={files ? form.columns : []}
                onAgain={files && ((dryRun) => void run({ ...form, files }, dryRun))}
                onColumn={files && ((column, field) => change({ columns: withColumn(form.columns, column, field) }))}
              />
            </div>
          )}
          <div className={styles.card}>
            {isFirst && !id ? (
              <Teach icon={<ImportOutlined />} title={t("imports.start")} text={t("imports.startText")} />
            ) : (
              <Panel title={t("imports.history")}><History current={id} /></Panel>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
