import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { withFilter } from "../../filter/filter";
import { shopQuery } from "./shop";
import styles from "./TopBar.module.css";

/** Searches the reviews; on the review list it searches within the filters that are set. */
export function SearchBox() {
  const { t } = useTranslation();
  const go = useNavigate();
  const { pathname, search } = useLocation();
  const onReviews = pathname === "/reviews";
  const asked = onReviews ? (new URLSearchParams(search).get("q") ?? "") : "";
  const [words, setWords] = useState(asked);
  useEffect(() => setWords(asked), [asked]);

  const find = (wanted: string) => {
    const params = new URLSearchParams(onReviews ? search : shopQuery());
    params.delete("review");
    void go({ pathname: "/reviews", search: withFilter(params, "q", wanted.trim() || null).toString() });
  };
  return (
    <div role="search" className={styles.search}>
      <Input
        id="search"
        type="search"
        variant="filled"
        value={words}
        placeholder={t("top.search")}
        aria-label={t("top.search")}
        prefix={<SearchOutlined />}
        suffix={words ? undefined : <kbd className={styles.slash} title={t("top.searchKey")}>/</kbd>}
        allowClear
        onChange={(event) => {
          setWords(event.target.value);
          if (event.target.value === "" && asked) find("");
        }}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing) find(words);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </div>
  );
}
