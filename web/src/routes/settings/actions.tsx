import type { TFunction } from "i18next";

/** The last column of a table, with what can be done to each row: its heading is for screen readers only. */
export const actionsColumn = (t: TFunction) => ({
  key: "actions",
  title: <span className="visually-hidden">{t("settings.actions")}</span>,
  align: "right" as const,
});
