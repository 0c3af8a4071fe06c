import { StarFilled, StarOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMarkScript } from "../../api/scripts";
import type { Script } from "../../api/types";
import { saidIn } from "../Removal/said";
import { Solved } from "./Solved";
import styles from "./Scripts.module.css";

/** A script in the list: its name, what it is for, its words, and what came of it. */
export function ScriptCard({ script, isActive, onOpen }: { script: Script; isActive: boolean; onOpen: () => void }) {
  const { t, i18n } = useTranslation();
  const mark = useMarkScript();
  const text = (i18n.language.startsWith("zh") ? script.texts.zh : script.texts.en) ?? script.texts.zh ?? script.texts.en ?? "";
  const newest = script.own?.newest;
  return (
    <li className={styles.card} data-row-key={script.key} data-active={isActive}>
      <div className={styles.top}>
        <button type="button" className={styles.name} onClick={onOpen}>{saidIn(script.title, i18n.language)}</button>
        <span className={styles.quiet}>{t(`scripts.step.${script.step}`)}</span>
        <span className={styles.quiet}>{script.causes.length === 0 ? t("scripts.anyCause") : script.causes.map((cause) => t(`cause.${cause}`)).join(" · ")}</span>
        {script.own && <span className={styles.kind}>{t("scripts.ours")}</span>}
        {newest?.state === "waiting" && <span className={styles.waiting}>{t("scripts.state.waiting")}</span>}
        {newest?.state === "refused" && <span className={styles.refused}>{t("scripts.state.refused")}</span>}
        <span className={styles.spread} />
        <span className={styles.quiet}>{t("scripts.used", { count: script.used })}</span>
        <Solved of={script.solved} />
        <Button
          type="text"
          size="small"
          aria-pressed={script.favourite}
          icon={script.favourite ? <StarFilled className={styles.star} /> : <StarOutlined />}
          aria-label={t(script.favourite ? "scripts.unmark" : "scripts.mark")}
          onClick={() => mark.mutate({ key: script.key, favourite: !script.favourite })}
        />
      </div>
      <p className={styles.words}>{text}</p>
    </li>
  );
}
