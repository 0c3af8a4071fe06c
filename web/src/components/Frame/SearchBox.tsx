import { SearchOutlined } from "@ant-design/icons";
import { AutoComplete, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { useSearch } from "../../api/search";
import { withFilter } from "../../filter/filter";
import { listNames } from "../../filter/spec";
import { hitsOf } from "../Search/found";
import { HitLine } from "../Search/HitLine";
import { useSettled } from "../Search/useSettled";
import { shopQuery } from "./shop";
import styles from "./TopBar.module.css";

const here = "here";

/** Searches everything and shows what it finds by kind; Enter searches the list one is on, or the reviews. */
export function SearchBox() {
  const { t } = useTranslation();
  const go = useNavigate();
  const { pathname, search } = useLocation();
  const list = listNames.find((name) => pathname === `/${name}`);
  const asked = list ? (new URLSearchParams(search).get("q") ?? "") : "";
  const [words, setWords] = useState(asked);
  const [open, setOpen] = useState(false);
  useEffect(() => setWords(asked), [asked]);
  const settled = useSettled(words.trim());
  const isNew = settled !== "" && settled !== asked;
  const { data: found, error, isFetching } = useSearch(open && isNew ? settled : "");

  const find = (wanted: string) => {
    const params = new URLSearchParams(list ? search : shopQuery());
    params.delete("review");
    void go({ pathname: `/${list ?? "reviews"}`, search: withFilter(params, "q", wanted.trim() || null).toString() });
  };
  const choose = (key: string) => {
    setOpen(false);
    document.getElementById("search")?.blur();
    const hit = found && hitsOf(found, t).flatMap((group) => group.hits).find((each) => each.key === key);
    if (!hit) return find(words);
    setWords(asked);
    void go(hit.to);
  };
  const groups = found && isNew ? hitsOf(found, t) : [];
  const nothing = isNew && !isFetching && (error ? t("search.failed") : found && groups.length === 0 ? t("search.nothing") : null);
  const options = words.trim() === "" ? [] : [
    { value: here, label: t(`search.in.${list ?? "reviews"}`, { words: words.trim() }) },
    ...groups.map(({ kind, hits }) => ({
      label: t(`nav.${kind}`),
      options: hits.map((hit) => ({ value: hit.key, label: <HitLine hit={hit} /> })),
    })),
    ...(nothing ? [{ value: "nothing", disabled: true, label: nothing }] : []),
  ];
  return (
    <div role="search" className={styles.search}>
      <AutoComplete
        className={styles.searchField}
        value={words}
        open={open && options.length > 0}
        onOpenChange={setOpen}
        options={options}
        defaultActiveFirstOption
        popupMatchSelectWidth={480}
        listHeight={440}
        onSelect={choose}
        onChange={(typed: string) => {
          // A choice is no text that was typed.
          if (options.some((each) => "value" in each && each.value === typed) || groups.some(({ hits }) => hits.some((hit) => hit.key === typed))) return;
          setWords(typed ?? "");
          setOpen(true);
          if (!typed && asked) find("");
        }}
      >
        <Input
          id="search"
          type="search"
          variant="filled"
          placeholder={t("top.search")}
          aria-label={t("top.search")}
          prefix={<SearchOutlined />}
          suffix={words ? undefined : <kbd className={styles.slash} title={t("top.searchKey")}>/</kbd>}
          allowClear
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
      </AutoComplete>
    </div>
  );
}
