import type { CSSProperties } from "react";
import type { TagRef } from "../../api/types";
import styles from "./Tags.module.css";

/** A tag: its name, with a dot of its colour. */
export function TagName({ tag }: { tag: TagRef }) {
  return <span className={styles.tag} style={{ "--tag": `var(--tag-${tag.colour})` } as CSSProperties} title={tag.name}>{tag.name}</span>;
}

export function TagNames({ tags, most = 9 }: { tags: readonly TagRef[] | undefined; most?: number }) {
  if (!tags || tags.length === 0) return null;
  const more = tags.length - most;
  return (
    <span className={styles.tags}>
      {tags.slice(0, most).map((tag) => <TagName key={tag.id} tag={tag} />)}
      {more > 0 && <span className={styles.more} title={tags.slice(most).map((tag) => tag.name).join(", ")}>+{more}</span>}
    </span>
  );
}
