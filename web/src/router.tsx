import { createBrowserRouter, type RouteObject } from "react-router";
import { Frame } from "./components/Frame/Frame";
import { Blank } from "./components/Trouble/Blank";
import { Broken } from "./components/Trouble/Broken";
import { Missing } from "./components/Trouble/Missing";
import { Home } from "./components/Frame/Home";
import { settingsRoutes } from "./routes/settings/routes";

/** Each page is a file of its own, fetched when it is first opened. */
const pages: RouteObject[] = [
  { index: true, Component: Home },
  { path: "workbench", lazy: async () => ({ Component: (await import("./routes/workbench/Workbench")).Workbench }) },
  { path: "cases", lazy: async () => ({ Component: (await import("./routes/cases/Cases")).Cases }) },
  { path: "cases/new", lazy: async () => ({ Component: (await import("./routes/cases/NewCase")).NewCase }) },
  { path: "cases/:id", lazy: async () => ({ Component: (await import("./routes/case/CasePage")).CasePage }) },
  { path: "reviews", lazy: async () => ({ Component: (await import("./routes/reviews/Reviews")).Reviews }) },
  { path: "orders", lazy: async () => ({ Component: (await import("./routes/orders/Orders")).Orders }) },
  { path: "orders/:id", lazy: async () => ({ Component: (await import("./routes/order/OrderPage")).OrderPage }) },
  { path: "buyers", lazy: async () => ({ Component: (await import("./routes/buyers/Buyers")).Buyers }) },
  { path: "buyers/:id", lazy: async () => ({ Component: (await import("./routes/buyer/BuyerPage")).BuyerPage }) },
  { path: "products", lazy: async () => ({ Component: (await import("./routes/products/Products")).Products }) },
  { path: "products/:id", lazy: async () => ({ Component: (await import("./routes/product/ProductPage")).ProductPage }) },
  { path: "imports/:id?", lazy: async () => ({ Component: (await import("./routes/imports/Imports")).Imports }) },
  { path: "tasks", lazy: async () => ({ Component: (await import("./routes/tasks/Tasks")).Tasks }) },
  { path: "handover", lazy: async () => ({ Component: (await import("./routes/handover/HandoverPage")).HandoverPage }) },
  { path: "outbox", lazy: async () => ({ Component: (await import("./routes/outbox/OutboxPage")).OutboxPage }) },
  { path: "promises", lazy: async () => ({ Component: (await import("./routes/promises/PromisesPage")).PromisesPage }) },
  { path: "compensations", lazy: async () => ({ Component: (await import("./routes/compensations/CompensationsPage")).CompensationsPage }) },
  { path: "incentives", lazy: async () => ({ Component: (await import("./routes/incentives/IncentivesPage")).IncentivesPage }) },
  { path: "scripts", lazy: async () => ({ Component: (await import("./routes/scripts/ScriptsPage")).ScriptsPage }) },
  { path: "thanks", lazy: async () => ({ Component: (await import("./routes/thanks/ThanksPage")).ThanksPage }) },
  { path: "appeals", lazy: async () => ({ Component: (await import("./routes/appeals/Appeals")).Appeals }) },
  { path: "evidence/:id", lazy: async () => ({ Component: (await import("./routes/evidence/Evidence")).Evidence }) },
  { path: "measures", lazy: async () => ({ Component: (await import("./routes/measures/Measures")).Measures }) },
  { path: "rules/:pack/sheet", lazy: async () => ({ Component: (await import("./routes/rules/PathSheet")).PathSheet }) },
  { path: "rules/:pack?", lazy: async () => ({ Component: (await import("./routes/rules/Rules")).Rules }) },
  {
    path: "guard",
    lazy: async () => ({ Component: (await import("./routes/guard/GuardPage")).GuardPage }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./routes/guard/TryText")).TryText }) },
      { path: "holds", lazy: async () => ({ Component: (await import("./routes/guard/HoldsPage")).HoldsPage }) },
      { path: "rules", lazy: async () => ({ Component: (await import("./routes/guard/RulesPage")).RulesPage }) },
      { path: "chats", lazy: async () => ({ Component: (await import("./routes/guard/ChatsPage")).ChatsPage }) },
    ],
  },
  { path: "settings", lazy: async () => ({ Component: (await import("./routes/settings/Settings")).Settings }), children: settingsRoutes },
  { path: "*", Component: Missing },
];

export const router = createBrowserRouter([
  {
    path: "/login",
    lazy: async () => ({ Component: (await import("./routes/login/Login")).Login }),
    HydrateFallback: Blank,
    ErrorBoundary: Broken,
  },
  {
    path: "/setup",
    lazy: async () => ({ Component: (await import("./routes/setup/Setup")).Setup }),
    HydrateFallback: Blank,
    ErrorBoundary: Broken,
  },
  {
    path: "/side",
    lazy: async () => ({ Component: (await import("./routes/side/Side")).Side }),
    HydrateFallback: Blank,
    ErrorBoundary: Broken,
  },
  {
    path: "/invite",
    lazy: async () => ({ Component: (await import("./routes/invite/Invite")).Invite }),
    HydrateFallback: Blank,
    ErrorBoundary: Broken,
  },
  {
    path: "/",
    Component: Frame,
    HydrateFallback: Blank,
    ErrorBoundary: Broken,
    children: [{ ErrorBoundary: Broken, children: pages }],
  },
]);
