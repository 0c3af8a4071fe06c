import type { TFunction } from "i18next";
import type { FoundKind } from "../../api/search";
import type { Found, Verdict } from "../../api/types";
import { saidIn } from "../Matter/words";
import { excerpt } from "../../format/excerpt";

/** One thing that was found: where it opens, and what it says. */
export interface Hit {
  key: string;
  to: string;
  title: string;
  note: string;
}

export interface HitGroup {
  kind: FoundKind;
  hits: Hit[];
}

/** What somebody most often looks for comes first. */
const order: readonly FoundKind[] = ["cases", "orders", "buyers", "products", "reviews"];

const length = 60;

interface Said {
  rating: number | null;
  verdict: Verdict | null;
  title: string | null;
  text: string;
}

function said(review: Said, t: TFunction): string {
  const mark = review.rating !== null ? `${review.rating}★ ` : review.verdict ? `${t(`verdict.${review.verdict}`)} ` : "";
  return mark + (excerpt([review.title, review.text].filter(Boolean).join(" · "), length) || t("reviews.noText"));
}

function note(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}

/** What a search found, grouped, as a drop-down shows it. Groups without a hit are left out. */
export function hitsOf(found: Found, t: TFunction): HitGroup[] {
  const groups: Record<FoundKind, Hit[]> = {
    cases: found.cases.map((each) => ({
      key: `case.${each.id}`,
      to: `/cases/${each.id}`,
      title: `${each.number} ${each.review ? said(each.review, t) : `${t(`caseKind.${each.kind}`)} ${excerpt(saidIn(each, t), length)}`}`,
      note: note(t(`caseState.${each.state}`), each.owner?.name ?? t("cases.nobody"), each.shop.name),
    })),
    orders: found.orders.map((each) => ({
      key: `order.${each.id}`,
      to: `/orders/${each.id}`,
      title: each.number,
      note: note(each.state && t(`orderState.${each.state}`), each.buyer?.nick, each.shop.name),
    })),
    buyers: found.buyers.map((each) => ({
      key: `buyer.${each.id}`,
      to: `/buyers/${each.id}`,
      title: each.nick ?? each.name ?? t("unknown"),
      note: note(t("search.buyerNote", { orders: each.order_count, bad: each.bad_count }), each.shop.name),
    })),
    products: found.products.map((each) => ({
      key: `product.${each.id}`,
      to: `/products/${each.id}`,
      title: excerpt(each.title ?? each.key ?? "", length) || t("unknown"),
      note: note(t("search.productNote", { reviews: each.reviews, bad: each.bad }), each.shop.name),
    })),
    reviews: found.reviews.map((each) => ({
      key: `review.${each.id}`,
      to: `/reviews?review=${each.id}`,
      title: said(each, t),
      note: note(each.order_number, each.product?.title && excerpt(each.product.title, 24), each.shop.name),
    })),
  };
  return order.map((kind) => ({ kind, hits: groups[kind] })).filter((group) => group.hits.length > 0);
}
