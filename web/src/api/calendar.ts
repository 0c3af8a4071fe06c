import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";

/** A day that is not what its weekday says: off though it is a weekday, or worked though it is a weekend. */
export interface CalendarDay {
  date: string;
  kind: "holiday" | "workday";
  name: string;
  /** Put in by this merchant, not shipped with the program. */
  own: boolean;
}

export function useCalendar(year: number) {
  return useQuery({
    queryKey: ["calendar", year],
    placeholderData: keepPreviousData,
    queryFn: () => body(soon.GET<{ days: CalendarDay[]; source: string | null }>("/api/v1/calendar", { params: { query: { year } } })),
  });
}

export function useSetDay() {
  return useChange(
    ({ date, ...day }: { date: string; kind: CalendarDay["kind"]; name: string }) => soon.PUT("/api/v1/calendar/{date}", { params: { path: { date } }, body: day }),
    "calendar",
  );
}

export function useClearDay() {
  return useChange((date: string) => soon.DELETE("/api/v1/calendar/{date}", { params: { path: { date } } }), "calendar");
}
