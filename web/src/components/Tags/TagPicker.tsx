import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Popover } from "antd";
import { useTranslation } from "react-i18next";
import { useBulk, useUndoBulk } from "../../api/bulk";
import { useMay } from "../../api/session";
import { useTags } from "../../api/tags";
import type { Tag, TagRef } from "../../api/types";
import { useUndo } from "../Keys/useUndo";
import { LinkButton } from "../LinkButton/LinkButton";
import { explain } from "../Trouble/explain";
import { TagName, TagNames } from "./TagName";
import styles from "./Tags.module.css";

/** The tags of a review, to be put on and taken off; its case has the same. */
export function TagPicker({ review, tags }: { review: string; tags: readonly TagRef[] | undefined }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("review.tag");
  const all = useTags();
  const bulk = useBulk();
  const back = useUndoBulk();
  const offer = useUndo();
  const on = tags ?? [];
  if (!may && on.length === 0) return null;

  const failed = (error: unknown) => void message.error(explain(error, t));
  const put = (tag: Tag, wanted: boolean) => {
    const name = tag.name;
    bulk.mutate({ list: "reviews", ids: [review], action: { kind: wanted ? "tag" : "untag", tag: tag.id } }, {
      onError: failed,
      onSuccess: (result) => offer(t(wanted ? "tags.put" : "tags.taken", { name }), () => back.mutate(result.id, { onError: failed })),
    });
  };
  const content = (
    <div className={styles.list} role="group" aria-label={t("tags.label")}>
      {all.tags.map((tag) => (
        <Checkbox key={tag.id} checked={on.some((each) => each.id === tag.id)} disabled={bulk.isPending} onChange={(event) => put(tag, event.target.checked)}>
          <TagName tag={tag} />
        </Checkbox>
      ))}
      {!all.isPending && all.tags.length === 0 && <NoTags />}
    </div>
  );
  return (
    <div className={styles.picker} role="group" aria-label={t("tags.of")}>
      <TagNames tags={on} />
      {may && (
        <Popover trigger="click" content={content} placement="bottomLeft" destroyOnHidden>
          <Button size="small" type={on.length > 0 ? "text" : "dashed"} icon={<PlusOutlined aria-hidden="true" />}>{t("tags.add")}</Button>
        </Popover>
      )}
    </div>
  );
}

function NoTags() {
  const { t } = useTranslation();
  const mayManage = useMay("tag.manage");
  return (
    <>
      <p className={styles.empty}>{mayManage ? t("tags.noneYet") : t("tags.noneAsk")}</p>
      {mayManage && <LinkButton to="/settings/tags" size="small">{t("tags.goManage")}</LinkButton>}
    </>
  );
}
