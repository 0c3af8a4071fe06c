import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useList } from "../../api/lists";
import { useThing } from "../../api/things";
import type { ProductDetail } from "../../api/types";
import { Bars } from "../../components/Detail/Bars";
import styles from "../../components/Detail/Detail.module.css";
import { DetailPage } from "../../components/Detail/DetailPage";
import { ReviewLines } from "../../components/Detail/Rows";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { Panel } from "../../components/Panel/Panel";
import { When } from "../../components/When/When";
import { formatNumber, formatShare } from "../../format/number";
import { backTo } from "../backTo";

/** A product: its figures, what people complain of, what they wrote. Each number opens the reviews behind it. */
export function ProductPage() {
  const { id = "" } = useParams();
  const { t } = useTranslation();
  const { data: found, error, refetch } = useThing("products", id);
  const title = found?.title ?? found?.key ?? t("page.product");
  return (
    <DetailPage
      title={title}
      back={backTo("products")}
      ready={found !== undefined}
      error={error}
      onRetry={() => void refetch()}
      facts={found && <span>{found.shop.name} · {t(`platform.${found.shop.platform}`)}{found.key && ` · ${found.key}`}</span>}
      left={found && <Figures of={found} />}
      right={<Newest id={id} />}
    />
  );
}

const verdicts = ["good", "neutral", "bad"] as const;
const tones = { good: "success", neutral: "warning", bad: "error" };

function Figures({ of }: { of: ProductDetail }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  const list = (more = "") => `/reviews?product=${of.id}${more}`;
  const judged = verdicts.reduce((sum, verdict) => sum + of.verdicts[verdict], 0);
  const rated = of.ratings.reduce((sum, count) => sum + count, 0);
  return (
    <>
      <Panel title={t("things.figures")}>
        <dl className={styles.figures}>
          <div><dt>{t("things.reviews")}</dt><dd><Link to={list()}>{number(of.reviews)}</Link></dd></div>
          <div>
            <dt>{t("things.bad")}</dt>
            <dd><Link to={list(rated > 0 ? "&rating=1&rating=2&rating=3" : "&verdict=bad&verdict=neutral")}>{number(of.bad)}</Link> <small>{t("things.badOf", { share: formatShare(of.bad, of.reviews, i18n.language), reviews: number(of.reviews) })}</small></dd>
          </div>
          <div><dt>{t("things.first")}</dt><dd><small><When at={of.first_review_at} shop={of.shop.id} /></small></dd></div>
          <div><dt>{t("things.last")}</dt><dd><small><When at={of.last_review_at} shop={of.shop.id} /></small></dd></div>
        </dl>
      </Panel>
      <Panel title={t("things.causes")}>
        {of.causes.length === 0 ? <p className={styles.quiet}>{t("things.noCauses")}</p> : (
          <Bars
            label={t("things.causes")}
            base={of.reviews}
            lines={of.causes.map(({ cause, count }) => ({ key: cause, name: t(`cause.${cause}`), value: count, colour: `var(--mark-${cause})`, to: list(`&cause=${cause}`) }))}
          />
        )}
      </Panel>
      {judged > 0 && (
        <Panel title={t("lists.filter.verdict")}>
          <Bars
            label={t("lists.filter.verdict")}
            base={judged}
            lines={verdicts.map((verdict) => ({ key: verdict, name: t(`verdict.${verdict}`), value: of.verdicts[verdict], colour: `var(--ant-color-${tones[verdict]})`, to: list(`&verdict=${verdict}`) }))}
          />
        </Panel>
      )}
      {rated > 0 && (
        <Panel title={t("things.ratings")}>
          <Bars
            label={t("things.ratings")}
            base={rated}
            lines={of.ratings.map((value, index) => ({ key: String(index + 1), name: t("stars", { count: index + 1 }), value, colour: "var(--star)", to: list(`&rating=${index + 1}`) })).reverse()}
          />
        </Panel>
      )}
    </>
  );
}

function Newest({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useList("reviews", { product: [id] });
  const reviews = data?.pages[0]?.rows.slice(0, 12) ?? [];
  return (
    <Panel title={t("things.newest")} extra={<LinkButton to={`/reviews?product=${id}`} size="small">{t("things.allReviews")}</LinkButton>}>
      {data && <ReviewLines reviews={reviews} list={`product=${id}&`} />}
    </Panel>
  );
}
