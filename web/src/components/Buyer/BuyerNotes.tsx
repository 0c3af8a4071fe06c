import { App, Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { heldIn } from "../../api/guard";
import { useMay } from "../../api/session";
import { useAddBuyerNote } from "../../api/things";
import type { BuyerNote } from "../../api/types";
import { useDraft } from "../Draft/draft";
import { busy } from "../Busy/busy";
import styles from "../Detail/Detail.module.css";
import { GuardPanel } from "../Guard/GuardPanel";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";

/** What colleagues wrote down about a buyer, and a field for more. */
export function BuyerNotes({ buyer, notes, shop }: { buyer: string; notes: readonly BuyerNote[]; shop: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const [text, write] = useDraft(`buyer.${buyer}`);
  const add = useAddBuyerNote(buyer);
  const save = () => {
    if (text.trim() !== "") add.mutate(text.trim(), {
      onSuccess: (answer) => {
        write("");
        if (heldIn(answer)) void message.success(t("guard.held"));
      },
    });
  };
  return (
    <>
      {notes.length === 0 && <p className={styles.quiet}>{t("things.noNotes")}</p>}
      <ul className={styles.rows} aria-label={t("things.notes")}>
        {notes.map((note) => (
          <li key={note.id}>
            <p className={styles.note}>{note.text}</p>
            <span className={styles.under}><span>{note.author?.name ?? t("cases.system")}</span><When at={note.at} shop={shop} /></span>
          </li>
        ))}
      </ul>
      {may && (
        <form onSubmit={(event) => { event.preventDefault(); save(); }} style={{ display: "grid", gap: 8, marginTop: 8 }}>
          <Input.TextArea
            value={text}
            aria-label={t("things.noteNew")}
            placeholder={t("things.notePlaceholder")}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={2000}
            onChange={(event) => write(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
            }}
          />
          <GuardPanel text={text} where={{ buyer, channel: "note" }} onUse={write} />
          <span><Button htmlType="submit" disabled={text.trim() === ""} loading={busy(add.isPending)}>{t("things.noteSave")}</Button></span>
          <Trouble error={add.error} />
        </form>
      )}
    </>
  );
}
