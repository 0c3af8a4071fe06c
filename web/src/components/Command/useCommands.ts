import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { useLogout, useMe, useSaveLocale } from "../../api/session";
import { useShops } from "../../api/shops";
import { withFilter } from "../../filter/filter";
import { listNames } from "../../filter/spec";
import { speak } from "../../i18n";
import { languages } from "../../i18n/language";
import { languageNames } from "../../i18n/names";
import { openTo } from "../../routes/settings/sections";
import { modes, setMode } from "../../theme/mode";
import { places } from "../Frame/places";
import { chooseShop, shopQuery } from "../Frame/shop";
import { openSide } from "./openSide";
import type { Command } from "./rank";

const short: readonly { id: string; to: string }[] = [
  { id: "mine", to: "/cases?handler=me" },
  { id: "unowned", to: "/cases?handler=none" },
  { id: "urgent", to: "/cases?severity_min=80" },
  { id: "bad", to: "/reviews?rating=1&rating=2" },
];

/** Everything the command bar can do for this person, where he is. */
export function useCommands(onKeys: () => void): Command[] {
  const { t } = useTranslation();
  const go = useNavigate();
  const { pathname, search } = useLocation();
  const { data: me } = useMe();
  const { shops } = useShops();
  const logout = useLogout();
  const save = useSaveLocale();
  return useMemo(() => {
    const may = (right: string) => me?.permissions.includes(right) ?? false;
    const onList = listNames.some((name) => pathname === `/${name}`);
    const commands: Command[] = places.filter((each) => may(each.needs)).map(({ key, letter, isOfShop }) => ({
      id: `go.${key}`, group: "go", title: t(`nav.${key}`), words: t(`command.words.${key}`), keys: `g ${letter}`, run: () => void go(`/${key}${isOfShop ? shopQuery() : ""}`),
    }));
    const ofSettings = openTo(me?.permissions ?? []).map(({ key }): Command => ({
      id: `go.settings.${key}`, group: "settings", title: `${t("nav.settings")}: ${t(`settings.section.${key}`)}`, words: t("command.words.settings"), run: () => void go(`/settings/${key}`),
    }));
    if (may("case.read")) {
      commands.push(...short.map(({ id, to }): Command => ({ id: `do.${id}`, group: "do", title: t(`command.${id}`), words: t(`command.words.${id}`), run: () => void go(to) })));
      commands.push({ id: "do.side", group: "do", title: t("command.side"), words: t("command.words.side"), run: openSide });
    }
    commands.push({ id: "do.keys", group: "do", title: t("top.keys"), words: t("command.words.keys"), keys: "?", run: onKeys });
    commands.push({ id: "do.out", group: "do", title: t("person.signOut"), words: t("command.words.out"), run: () => logout.mutate() });
    if (may("review.read") && shops.length > 1) {
      const change = (id: string | null) => {
        chooseShop(id);
        void go(onList ? { pathname, search: withFilter(new URLSearchParams(search), "shop", id).toString() } : `/cases${id ? `?shop=${id}` : ""}`);
      };
      const words = t("command.words.shop");
      commands.push({ id: "shop.all", group: "shop", title: t("top.allShops"), words, run: () => change(null) });
      commands.push(...shops.map((each): Command => ({ id: `shop.${each.id}`, group: "shop", title: each.name, words, run: () => change(each.id) })));
    }
    commands.push(...languages.map((language): Command => ({
      id: `look.${language}`, group: "look", title: `${t("top.language")}: ${languageNames[language]}`, words: t("command.words.language"),
      run: () => void speak(language).then(() => save.mutate(language)),
    })));
    commands.push(...modes.map((mode): Command => ({ id: `look.${mode}`, group: "look", title: `${t("top.theme")}: ${t(`theme.${mode}`)}`, words: t("command.words.theme"), run: () => setMode(mode) })));
    return [...commands, ...ofSettings];
  }, [t, go, pathname, search, me, shops, logout, save, onKeys]);
}
