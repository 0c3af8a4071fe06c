import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { body, http } from "../../api/client";
import { saidIn } from "./said";

/** Names grounds as the packs of these platforms do; one that no pack has by its id. */
export function useGroundName(platforms: readonly string[]): (platform: string, ground: string) => string {
  const { i18n } = useTranslation();
  const packs = useQueries({
    queries: [...new Set(platforms)].map((id) => ({
      queryKey: ["pack", id, null],
      staleTime: 300_000,
      queryFn: () => body(http.GET("/api/v1/packs/{pack}", { params: { path: { pack: id }, query: {} } })),
    })),
  });
  return (platform, ground) => {
    const pack = packs.find(({ data }) => data?.id === platform)?.data;
    const table = pack?.entries.find((entry) => entry.section === "removal_ground" && entry.id === ground);
    const value = (key: string) => table?.values.find((each) => each.key === key)?.value;
    const [zh, en] = [value("zh"), value("en")];
    return zh && en ? saidIn({ zh, en }, i18n.language) : ground;
  };
}
