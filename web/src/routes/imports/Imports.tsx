import { ImportOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useImport, useImports } from "../../api/imports";
import { useMay } from "../../api/session";
import { useTitle } from "../../components/Frame/useTitle";
import { Teach } from "../../components/List/Teach";
import { Panel } from "../../components/Panel/Panel";
import { Trouble } from "../../components/Trouble/Trouble";
import { Draft } from "./draft/Draft";
import { Together } from "./draft/Together";
import { FiguresPanel } from "./figures/FiguresPanel";
import { draftsOf } from "./form";
import { History } from "./History";
import { ImportFormPanel } from "./ImportFormPanel";
import styles from "./Imports.module.css";
import { Result } from "./result/Result";
import { useFiles } from "./useFiles";
import { useForm } from "./useForm";

export function Imports() {
  const { id } = useParams();
  const { t } = useTranslation();
  useTitle(t("page.imports"));
  const go = useNavigate();
  const may = useMay("import.create");
  const { files, send, told, tried, forget, sending, failure } = useFiles();
  const { form, change } = useForm(sending);
  const { data: found } = useImport(id);
  const history = useImports();
  const isFirst = history.data?.pages[0]?.imports.length === 0;
  const show = (next: string) => void go(`/imports/${next}`);

  const submit = async () => {
    const sent = await send(draftsOf(form), "form", show);
    change({ files: form.files.slice(sent) });
  };
  const here = files.find((each) => each.id === id);
  const together = here ? files.filter(({ drop }) => drop === here.drop) : [];
  const thrownAway = (draft: string) => {
    const next = together.find((each) => each.id !== draft && each.reading === null);
    forget(draft);
    void go(next ? `/imports/${next.id}` : "/imports");
  };
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("imports.title")}</h1>
      {id && together.length > 1 && <Together key={here?.drop} files={together} current={id} onStarted={told} />}
      {id && found?.state === "draft" && <Trouble error={failure?.error} />}
      {id && found?.state === "draft" ? (
        <Draft key={id} of={found} onStarted={(reading, started) => {
          if (started === id) told(id, reading);
          else tried(id, reading, started);
          if (started !== id) show(started);
        }} onThrownAway={() => thrownAway(id)} />
      ) : (
        <div className={styles.columns} data-result={id !== undefined}>
          <div className={styles.left}>
            <div className={styles.card}>
              <Panel title={t("imports.form")}>
                {may ? (
                  <ImportFormPanel form={form} onChange={change} onSubmit={() => void submit()} sending={sending} error={failure?.from === "form" ? failure.error : null} />
                ) : (
                  <p className={styles.quiet}>{t("imports.mayNot")}</p>
                )}
              </Panel>
            </div>
            {may && <div className={styles.card}><FiguresPanel /></div>}
          </div>
          <div className={styles.right}>
            {id && <div className={styles.card}><Result key={id} id={id} at={here} sending={sending} failure={failure} onSend={(choice, from) => void send([choice], from, show)} /></div>}
            <div className={styles.card}>
              {isFirst && !id ? (
                <Teach icon={<ImportOutlined />} title={t("imports.start")} text={t("imports.startText")} />
              ) : (
                <Panel title={t("imports.history")}><History current={id} /></Panel>
              )}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
