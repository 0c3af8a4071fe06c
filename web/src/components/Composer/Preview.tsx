import { useTranslation } from "react-i18next";
import type { GuardChannel } from "../../api/types";
import styles from "./Composer.module.css";
import { piecesOf } from "./text";

/** A text as the buyer will see it; what is still open is marked. */
export function Preview({ text, channel }: { text: string; channel: GuardChannel }) {
  const { t } = useTranslation();
  let at = 0;
  return (
    <figure className={styles.preview} data-channel={channel}>
      <figcaption>{t(channel === "public_reply" ? "composer.asReply" : "composer.asBuyer")}</figcaption>
      <p>
        {text.trim() === "" && "–"}
        {piecesOf(text.trim()).map((piece) => {
          const key = at;
          at += piece.text.length;
          return piece.name === null ? piece.text : <mark key={key}>{piece.text}</mark>;
        })}
      </p>
    </figure>
  );
}
