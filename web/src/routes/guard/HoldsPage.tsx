import { CheckCircleOutlined } from "@ant-design/icons";
import { Checkbox, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useHolds } from "../../api/guard";
import { useMay } from "../../api/session";
import type { Hold } from "../../api/types";
import { ChangedBar } from "../../components/Changed/ChangedBar";
import styles from "../../components/Guard/Guard.module.css";
import { HoldCard } from "../../components/Guard/HoldCard";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { Trouble } from "../../components/Trouble/Trouble";
import { ManyHolds } from "./ManyHolds";

const states: readonly Hold["state"][] = ["waiting", "released", "refused"];

/** Texts that wait for a second person, and those that were decided. */
export function HoldsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const state = states.find((each) => each === params.get("state")) ?? "waiting";
  const may = useMay("guard.review");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useHolds({ state });
  const holds = found.data?.pages.flatMap((page) => page.holds) ?? [];
  const here = chosen.filter((id) => holds.some((hold) => hold.id === id));
  const choose = (id: string, on: boolean) => setChosen(on ? [...here, id] : here.filter((each) => each !== id));
  const count = found.data?.pages[0]?.count ?? { value: 0, capped: false };
  if (found.error && !found.data) return <Trouble page error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <div style={{ padding: "0 16px 8px" }}>
        <Segmented aria-label={t("guard.which")} value={state} onChange={(next) => setParams(next === "waiting" ? {} : { state: next }, { replace: true })} options={states.map((value) => ({ value, label: t(`guard.state.${value}`) }))} />
      </div>
      <ChangedBar of="holds" text={t("guard.changed")} onShow={found.refetch} />
      {found.isPending && <ListSkeleton />}
      {found.data && holds.length === 0 && <Teach icon={<CheckCircleOutlined />} title={t(state === "waiting" ? "guard.noneWaiting" : "guard.noneDecided")} text={t("guard.noneNext")} />}
      {holds.length > 0 && (
        <>
          <ul className={styles.holds} aria-label={t("guard.heldTexts")}>
            {holds.map((hold) => (
              <HoldCard
                key={hold.id}
                hold={hold}
                problem={problems.get(hold.id)}
                choose={may && state === "waiting" && <Checkbox checked={here.includes(hold.id)} aria-label={t("guard.choose", { name: hold.author?.name ?? t("cases.system") })} onChange={(event) => choose(hold.id, event.target.checked)} />}
              />
            ))}
          </ul>
          {here.length > 0 && <div style={{ padding: "0 16px" }}><ManyHolds ids={here} onDone={(left) => { setProblems(left); setChosen([]); }} /></div>}
          <ListFoot shown={holds.length} count={count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
    </>
  );
}
