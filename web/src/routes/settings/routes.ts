import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { ToOwn } from "./ToOwn";

const pages: Record<string, () => Promise<ComponentType>> = {
  me: async () => (await import("./me/MePage")).MePage,
  security: async () => (await import("./security/SecurityPage")).SecurityPage,
  sessions: async () => (await import("./sessions/SessionsPage")).SessionsPage,
  tokens: async () => (await import("./tokens/TokensPage")).TokensPage,
  shops: async () => (await import("./shops/ShopsPage")).ShopsPage,
  people: async () => (await import("./people/PeoplePage")).PeoplePage,
  teams: async () => (await import("./teams/TeamsPage")).TeamsPage,
  tags: async () => (await import("./tags/TagsPage")).TagsPage,
  calendar: async () => (await import("./calendar/CalendarPage")).CalendarPage,
  clocks: async () => (await import("./clocks/ClocksPage")).ClocksPage,
  assignment: async () => (await import("./assignment/AssignmentPage")).AssignmentPage,
  automation: async () => (await import("./automation/AutomationPage")).AutomationPage,
  roster: async () => (await import("./roster/RosterPage")).RosterPage,
  money: async () => (await import("./money/MoneyPage")).MoneyPage,
  profiles: async () => (await import("./profiles/ProfilesPage")).ProfilesPage,
  reading: async () => (await import("./reading/ReadingPage")).ReadingPage,
  merchant: async () => (await import("./merchant/MerchantPage")).MerchantPage,
  channels: async () => (await import("./channels/ChannelsPage")).ChannelsPage,
  backups: async () => (await import("./backups/BackupsPage")).BackupsPage,
  audit: async () => (await import("./audit/AuditPage")).AuditPage,
  about: async () => (await import("./about/AboutPage")).AboutPage,
};

/** The addresses below `/settings`; each part is a file of its own. */
export const settingsRoutes: RouteObject[] = [
  { index: true, Component: ToOwn },
  ...Object.entries(pages).map(([path, load]) => ({ path, lazy: async () => ({ Component: await load() }) })),
];
