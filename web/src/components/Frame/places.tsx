import { AppstoreOutlined, AuditOutlined, CarryOutOutlined, CommentOutlined, DashboardOutlined, DollarOutlined, FlagOutlined, ImportOutlined, LineChartOutlined, MessageOutlined, ReadOutlined, SafetyCertificateOutlined, SendOutlined, SettingOutlined, ShoppingOutlined, SmileOutlined, TrophyOutlined, UserOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

export interface Place {
  key: string;
  /** After `g` it leads there. */
  letter: string;
  /** None for a place that other pages lead to: it is not in the rail. */
  icon: ReactNode;
  /** The right without which the place is not shown. */
  needs: string;
  /** Opens for the shop that is chosen at the top. */
  isOfShop?: boolean;
  /** On a phone it stands in the bar at the bottom; the others are behind "more". */
  isClose?: boolean;
}

/** Where one can go: by the rail in this order, by two keys, by the command bar. */
export const places: readonly Place[] = [
  { key: "workbench", letter: "t", icon: <DashboardOutlined />, needs: "case.read", isClose: true },
  { key: "cases", letter: "c", icon: <AuditOutlined />, needs: "case.read", isOfShop: true, isClose: true },
  { key: "reviews", letter: "r", icon: <MessageOutlined />, needs: "review.read", isOfShop: true, isClose: true },
  { key: "thanks", letter: "q", icon: <SmileOutlined />, needs: "review.read", isOfShop: true },
  { key: "appeals", letter: "a", icon: <FlagOutlined />, needs: "review.read", isOfShop: true },
  { key: "orders", letter: "o", icon: <ShoppingOutlined />, needs: "review.read", isOfShop: true },
  { key: "buyers", letter: "b", icon: <UserOutlined />, needs: "review.read", isOfShop: true },
  { key: "products", letter: "p", icon: <AppstoreOutlined />, needs: "review.read", isOfShop: true },
  { key: "tasks", letter: "k", icon: <CarryOutOutlined />, needs: "task.read", isClose: true },
  { key: "handover", letter: "j", icon: null, needs: "case.read" },
  { key: "promises", letter: "y", icon: null, needs: "case.read" },
  { key: "scripts", letter: "h", icon: <CommentOutlined />, needs: "case.read" },
  { key: "compensations", letter: "e", icon: <DollarOutlined />, needs: "case.read" },
  { key: "incentives", letter: "n", icon: <TrophyOutlined />, needs: "case.read" },
  { key: "outbox", letter: "x", icon: <SendOutlined />, needs: "case.read" },
  { key: "measures", letter: "m", icon: <LineChartOutlined />, needs: "review.read", isOfShop: true },
  { key: "rules", letter: "u", icon: <ReadOutlined />, needs: "review.read" },
  { key: "guard", letter: "v", icon: <SafetyCertificateOutlined />, needs: "review.read" },
  { key: "imports", letter: "i", icon: <ImportOutlined />, needs: "import.read" },
  { key: "settings", letter: "s", icon: <SettingOutlined />, needs: "review.read" },
];
