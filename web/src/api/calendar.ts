import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { CalendarDay } from "./types";

export function useCalendar(year: number) {
  return useQuery({
    queryKey: ["calendar", year],
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/calendar", { params: { query: { year } } })),
  });
}

export function useSetDay() {
  return useChange(
    ({ date, ...day }: { date: string; kind: CalendarDay["kind"]; name: string }) => http.PUT("/api/v1/calendar/{date}", { params: { path: { date } }, body: day }),
    "calendar",
  );
}

export function useClearDay() {
  return useChange((date: string) => http.DELETE("/api/v1/calendar/{date}", { params: { path: { date } } }), "calendar");
}
