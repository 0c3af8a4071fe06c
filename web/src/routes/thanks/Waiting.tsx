import { SmileOutlined } from "@ant-design/icons";
import { App, Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { afterwards } from "../../api/change";
import { useMay } from "../../api/session";
import { useOpenCase, usePraise } from "../../api/thanks";
import type { PraiseWaiting } from "../../api/types";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { Due } from "../../components/Tasks/Due";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { CauseNames } from "../../components/Words/CauseName";
import { Stars } from "../../components/Words/Stars";
import { Answers } from "./Answers";
import styles from "./Thanks.module.css";

const most = 50;

/** The good reviews that wait: answered one by one or many at once, or made a case. */
export function Waiting({ shop, complains }: { shop: string | null; complains: boolean }) {
  const { t } = useTranslation();
  const may = useMay("case.handle");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [answering, setAnswering] = useState<PraiseWaiting[] | null>(null);
  const found = usePraise(shop, complains);
  const rows = found.data?.pages.flatMap((page) => page.reviews) ?? [];
  const count = found.data?.pages[0]?.count ?? { value: 0, capped: false };
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <ListSkeleton />;
  if (rows.length === 0) return <Teach icon={<SmileOutlined />} title={t(complains ? "thanks.noneComplains" : "thanks.none")} text={t(complains ? "thanks.teachComplains" : "thanks.teach")} />;
  const selected = rows.filter(({ review }) => chosen.has(review.id)).slice(0, most);
  const turn = (id: string, on: boolean) => setChosen((now) => new Set(on ? [...now, id] : [...now].filter((each) => each !== id)));
  return (
    <>
      {may && !complains && (
        <div className={styles.many}>
          <Checkbox
            checked={selected.length === Math.min(rows.length, most)}
            indeterminate={selected.length > 0 && selected.length < Math.min(rows.length, most)}
            onChange={(event) => setChosen(new Set(event.target.checked ? rows.slice(0, most).map(({ review }) => review.id) : []))}
          >
            {t("thanks.chooseAll", { count: Math.min(rows.length, most) })}
          </Checkbox>
          <Button type="primary" disabled={selected.length === 0} onClick={() => setAnswering(selected)}>{t("thanks.answerMany", { count: selected.length })}</Button>
        </div>
      )}
      {complains && <p className={styles.hint}>{t("thanks.noComplaint")}</p>}
      <ul className={tasks.list} aria-label={t(`thanks.tab.${complains ? "complains" : "waiting"}`)}>
        {rows.map((each) => (
          <PraiseCard
            key={each.review.id}
            of={each}
            isChosen={chosen.has(each.review.id)}
            {...(may && !complains && { onChoose: (on: boolean) => turn(each.review.id, on), onAnswer: () => setAnswering([each]) })}
          />
        ))}
      </ul>
      <ListFoot shown={rows.length} count={count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
      {answering && <Answers of={answering} onClose={() => { setAnswering(null); setChosen(new Set()); }} />}
    </>
  );
}

interface CardProps {
  of: PraiseWaiting;
  isChosen: boolean;
  onChoose?: (on: boolean) => void;
  onAnswer?: () => void;
}

function PraiseCard({ of: { review, closes_at: closes }, isChosen, onChoose, onAnswer }: CardProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useNavigate();
  const may = useMay("case.handle");
  const open = useOpenCase();
  const toCase = () => afterwards(open.mutateAsync(review.id), ({ id, number }) => {
    void message.success(<>{t("thanks.opened", { number })} <Button type="link" size="small" onClick={() => void go(`/cases/${id}`)}>{t("thanks.goThere")}</Button></>);
  });
  return (
    <li className={tasks.task}>
      <div className={tasks.top}>
        {onChoose && <Checkbox checked={isChosen} aria-label={t("thanks.choose", { text: review.text.slice(0, 20) })} onChange={(event) => onChoose(event.target.checked)} />}
        <Stars rating={review.rating} verdict={review.verdict} compact />
        <span>{review.shop.name}</span>
        {review.product?.title && <span className={styles.product}>{review.product.title}</span>}
        {review.buyer && <span>{review.buyer}</span>}
        <When at={review.created_at} shop={review.shop.id} none="unknown" />
        <span className={tasks.spread} />
        {closes && <Due at={closes} shop={review.shop.id} />}
      </div>
      <p className={tasks.text}><Link className={styles.words} to={`/reviews?review=${review.id}`}>{review.text || t("thanks.noWords")}</Link></p>
      {review.causes.length > 0 && <div className={styles.complaint}>{t("thanks.complainsOf")} <CauseNames causes={review.causes} primary={review.primary_cause} most={3} /></div>}
      {may && (
        <div className={tasks.buttons}>
          {onAnswer && <Button size="small" onClick={onAnswer}>{t("thanks.answer")}</Button>}
          <Button size="small" type={onAnswer ? "text" : "default"} loading={open.isPending} onClick={toCase}>{t("thanks.toCase")}</Button>
        </div>
      )}
      <Trouble error={open.error} />
    </li>
  );
}
