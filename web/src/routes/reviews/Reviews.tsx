import { MessageOutlined } from "@ant-design/icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../../api/lists";
import type { ReviewRow } from "../../api/types";
import { useKeys } from "../../components/Keys/useKeys";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { ListPage, useListFilter } from "../../components/List/ListPage";
import { Teach } from "../../components/List/Teach";
import { useJudged } from "../../components/List/useJudged";
import { useFilters } from "../../components/Filter/useFilters";
import { ReviewDrawer } from "../../components/ReviewDrawer/ReviewDrawer";
import { withFilter } from "../../filter/filter";
import { excerpt } from "../../format/excerpt";
import { reviewColumns } from "./columns";

export function Reviews() {
  const { t, i18n } = useTranslation();
  const { params, filter, query } = useListFilter("reviews");
  const { setParams } = useFilters();
  const data = useList("reviews", filter);
  const opened = params.get("review");
  const show = (id: string | null) => setParams((now) => withFilter(now, "review", id), { replace: opened !== null });
  useKeys({ Escape: opened ? () => show(null) : undefined });
  const columns = useMemo(
    () => reviewColumns(t, i18n.language, (id) => ({ search: withFilter(params, "review", id).toString() })),
    [t, i18n.language, params],
  );
  const nameOf = (row: ReviewRow) => excerpt(row.title ?? row.text, 24) || t("reviews.noText");
  const around = useJudged<ReviewRow>({ list: "reviews", filter, query, data, nameOf });
  return (
    <>
      <ListPage
        list="reviews"
        title={t("reviews.title")}
        columns={columns}
        nameOf={nameOf}
        data={data}
        opened={opened}
        onOpen={show}
        empty={
          <Teach icon={<MessageOutlined />} title={t("reviews.empty")} text={t("reviews.emptyNext")}>
            <LinkButton to="/imports" type="primary">{t("reviews.emptyGo")}</LinkButton>
          </Teach>
        }
        {...around}
      />
      <ReviewDrawer id={opened} onClose={() => show(null)} />
    </>
  );
}
