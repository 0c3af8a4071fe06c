import { EyeOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { afterwards } from "../../api/change";
import { useWatch, useWatches } from "../../api/handovers";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { CaseStateName } from "../../components/Words/CaseStateName";

/** The cases I keep an eye on, what changed last first. */
export function WatchList() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data, error, refetch } = useWatches();
  const watch = useWatch();
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton />;
  if (data.watched.length === 0) return <Teach icon={<EyeOutlined />} title={t("handover.none.watched")} text={t("handover.watchTeach")} />;
  return (
    <>
      <ul className={tasks.list} aria-label={t("handover.tab.watched")}>
        {data.watched.map((each) => (
          <li key={each.case.id} className={tasks.task}>
            <div className={tasks.top}>
              <Link to={`/cases/${each.case.id}`}>{t("cases.number", { number: each.case.number })}</Link>
              <span>{each.shop.name}</span>
              <CaseStateName state={each.state} />
              <span>{each.owner ? t("cases.ownedBy", { name: each.owner.name }) : t("cases.ownedByNobody")}</span>
              <span>{t("handover.changed")} <When at={each.updated_at} shop={each.shop.id} /></span>
              {each.until && <span>{t("handover.watchedUntil")} <When at={each.until} shop={each.shop.id} /></span>}
              <span className={tasks.spread} />
              <Button size="small" type="text" onClick={() => afterwards(watch.mutateAsync({ id: each.case.id, watches: false }), () => void message.success(t("handover.unwatched")))}>{t("handover.unwatch")}</Button>
            </div>
          </li>
        ))}
      </ul>
      <Trouble error={watch.error} />
    </>
  );
}
