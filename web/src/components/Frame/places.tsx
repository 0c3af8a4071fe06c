import { AppstoreOutlined, AuditOutlined, CarryOutOutlined, CommentOutlined, DashboardOutlined, DollarOutlined, FlagOutlined, ImportOutlined, LineChartOutlined, MessageOutlined, ReadOutlined, SafetyCertificateOutlined, SendOutlined, SettingOutlined, ShoppingOutlined, TrophyOutlined, UserOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

export interface Place {
  key: string;
  icon: ReactNode;
  /** The right without which the place is not shown. */
  needs: string;
  /** Opens for the shop that is chosen at the top. */
  isOfShop?: boolean;
  /** On a phone it stands in the bar at the bottom; the others are behind "more". */
  isClose?: boolean;
}

/** The places of the rail, in its order. */
export const places: readonly Place[] = [
  { key: "workbench", icon: <DashboardOutlined />, needs: "case.read", isClose: true },
  { key: "cases", icon: <AuditOutlined />, needs: "case.read", isOfShop: true, isClose: true },
  { key: "reviews", icon: <MessageOutlined />, needs: "review.read", isOfShop: true, isClose: true },
  { key: "appeals", icon: <FlagOutlined />, needs: "review.read", isOfShop: true },
  { key: "orders", icon: <ShoppingOutlined />, needs: "review.read", isOfShop: true },
  { key: "buyers", icon: <UserOutlined />, needs: "review.read", isOfShop: true },
  { key: "products", icon: <AppstoreOutlined />, needs: "review.read", isOfShop: true },
  { key: "tasks", icon: <CarryOutOutlined />, needs: "task.read", isClose: true },
  { key: "scripts", icon: <CommentOutlined />, needs: "case.read" },
  { key: "compensations", icon: <DollarOutlined />, needs: "case.read" },
  { key: "incentives", icon: <TrophyOutlined />, needs: "case.read" },
  { key: "outbox", icon: <SendOutlined />, needs: "case.read" },
  { key: "measures", icon: <LineChartOutlined />, needs: "review.read", isOfShop: true },
  { key: "rules", icon: <ReadOutlined />, needs: "review.read" },
  { key: "guard", icon: <SafetyCertificateOutlined />, needs: "review.read" },
  { key: "imports", icon: <ImportOutlined />, needs: "import.read" },
  { key: "settings", icon: <SettingOutlined />, needs: "review.read" },
];
