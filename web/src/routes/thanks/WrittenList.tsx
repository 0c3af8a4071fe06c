import { CheckOutlined, ClockCircleOutlined, SmileOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../api/change";
import { useMay } from "../../api/session";
import { useTakeThanksBack, useThanks } from "../../api/thanks";
import type { Thanks } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { useCopy } from "../../components/Once/useCopy";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";

/** What was answered, to be copied once more or taken back; what an import has shown on the platform is marked. */
export function WrittenList({ shop }: { shop: string | null }) {
  const { t } = useTranslation();
  const found = useThanks(shop);
  const rows = found.data?.pages.flatMap((page) => page.thanks) ?? [];
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <ListSkeleton />;
  if (rows.length === 0) return <Teach icon={<SmileOutlined />} title={t("thanks.noneWritten")} text={t("thanks.teachWritten")} />;
  return (
    <>
      <ul className={tasks.list} aria-label={t("thanks.tab.written")}>
        {rows.map((each) => <Written key={each.review} of={each} />)}
      </ul>
      {found.hasNextPage && <Button loading={busy(found.isFetchingNextPage)} onClick={() => void found.fetchNextPage()}>{t("action.more")}</Button>}
    </>
  );
}

function Written({ of }: { of: Thanks }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const back = useTakeThanksBack();
  const copy = useCopy();
  return (
    <li className={tasks.task}>
      <div className={tasks.top}>
        <span>{of.shop.name}</span>
        {of.order_number && <span>{of.order_number}</span>}
        <span>{of.written_by?.name ?? t("cases.system")} · <When at={of.written_at} shop={of.shop.id} /></span>
        <span className={tasks.spread} />
        {of.seen
          ? <span className={tasks.done}><CheckOutlined aria-hidden="true" /> {t("thanks.seen")}</span>
          : <span><ClockCircleOutlined aria-hidden="true" /> {t("thanks.notSeen")}</span>}
      </div>
      <p className={tasks.text}>{of.review_text || t("thanks.noWords")}</p>
      <p className={tasks.answer}>{of.text}</p>
      {may && (
        <div className={tasks.buttons}>
          <Button size="small" onClick={() => void copy(of.text)}>{t("thanks.copy")}</Button>
          {!of.seen && <Button size="small" type="text" loading={busy(back.isPending)} onClick={() => afterwards(back.mutateAsync(of.review), () => void message.success(t("thanks.takenBack")))}>{t("thanks.takeBack")}</Button>}
        </div>
      )}
      <Trouble error={back.error} />
    </li>
  );
}
