import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMay } from "../../api/session";
import { useChangeTag, useCreateTag, useDeleteTag, useTags } from "../../api/tags";
import type { Tag } from "../../api/types";
import { formatCount } from "../../format/number";
import { Trouble } from "../Trouble/Trouble";
import { TagForm } from "./TagForm";
import { TagName } from "./TagName";
import styles from "./Tags.module.css";

/** All tags with what carries them; makes, renames, recolours and deletes them. */
export function TagsPanel() {
  const { t } = useTranslation();
  const { tags, isPending, error, refetch } = useTags();
  const mayManage = useMay("tag.manage");
  const create = useCreateTag();
  if (error && tags.length === 0) return <Trouble error={error} onRetry={refetch} />;
  if (isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  return (
    <div className={styles.panel}>
      {tags.length === 0 && <p className={styles.empty}>{mayManage ? t("tags.noneYet") : t("tags.noneAsk")}</p>}
      {tags.length > 0 && <ul className={styles.rows} aria-label={t("tags.label")}>{tags.map((tag) => <Row key={tag.id} tag={tag} mayManage={mayManage} />)}</ul>}
      {mayManage && <TagForm submit={t("tags.create")} working={create.isPending} onSave={(wish) => create.mutate(wish)} />}
      <Trouble error={create.error} />
    </div>
  );
}

function Row({ tag, mayManage }: { tag: Tag; mayManage: boolean }) {
  const { t, i18n } = useTranslation();
  const { message, modal } = App.useApp();
  const [changing, setChanging] = useState(false);
  const change = useChangeTag();
  const remove = useDeleteTag();
  const counted = (value: number, capped: boolean) => formatCount({ value, capped }, i18n.language);
  const ask = () => void modal.confirm({
    title: t("tags.deleteTitle", { name: tag.name }),
    content: tag.reviews > 0 ? t("tags.deleteUsed", { reviews: counted(tag.reviews, tag.reviews_capped) }) : t("tags.deleteUnused"),
    okText: t("tags.delete"),
    cancelText: t("action.cancel"),
    okButtonProps: { danger: true },
    onOk: () => remove.mutateAsync(tag.id).then(() => void message.success(t("tags.deleted", { name: tag.name })), () => undefined),
  });
  if (changing) {
    return (
      <li className={styles.row}>
        <TagForm
          start={{ name: tag.name, colour: tag.colour }}
          submit={t("tags.save")}
          working={change.isPending}
          onSave={(wish) => change.mutate({ id: tag.id, ...wish }, { onSuccess: () => setChanging(false) })}
          onCancel={() => { change.reset(); setChanging(false); }}
        />
        <Trouble error={change.error} />
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <span className={styles.name}><TagName tag={tag} /></span>
      <span className={styles.used}>
        <Link to={`/reviews?tag=${tag.id}`}>{t("tags.reviews", { number: counted(tag.reviews, tag.reviews_capped) })}</Link>
        {" · "}
        <Link to={`/cases?case_state=all&tag=${tag.id}`}>{t("tags.cases", { number: counted(tag.cases, tag.cases_capped) })}</Link>
      </span>
      {mayManage && <Button size="small" aria-label={t("tags.changeOne", { name: tag.name })} onClick={() => setChanging(true)}>{t("tags.change")}</Button>}
      {mayManage && <Button size="small" danger aria-label={t("tags.deleteOne", { name: tag.name })} onClick={ask}>{t("tags.delete")}</Button>}
      <Trouble error={remove.error} />
    </li>
  );
}
