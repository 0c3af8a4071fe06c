import type { Order } from "../../api/types";

export interface Station {
  name: "placed" | "paid" | "shipped" | "delivered" | "completed" | "closed";
  at: string | null;
  /** Done without a known time is possible: the state says so. */
  done: boolean;
  /** It came after the promised time, or the promise passed and it has not come. */
  late: boolean;
}

const reached: Record<NonNullable<Order["state"]>, number> = { paid_unshipped: 1, shipped: 2, delivered: 3, completed: 4, closed: 0 };

/** The way of an order as a line of stations, as far as it is known at `now`. */
export function stationsOf(order: Order, now: Date): Station[] {
  const times = [
    ["placed", order.placed_at],
    ["paid", order.paid_at],
    ["shipped", order.shipped_at],
    ["delivered", order.delivered_at],
    ["completed", order.completed_at],
  ] as const;
  const byState = order.state ? reached[order.state] : -1;
  const byTime = times.reduce((last, [, at], index) => (at ? index : last), -1);
  const furthest = Math.max(byState, byTime);
  const promised = order.promised_at ? Date.parse(order.promised_at) : null;
  const isClosed = order.state === "closed";
  const stations: Station[] = times.map(([name, at], index) => ({
    name,
    at: at ?? null,
    done: index <= furthest,
    late: name === "delivered" && promised !== null && !isClosed && (at ? Date.parse(at) : index <= furthest ? 0 : now.getTime()) > promised,
  }));
  if (!isClosed) return stations;
  return [...stations.filter((station) => station.at !== null), { name: "closed", at: null, done: true, late: false }];
}
