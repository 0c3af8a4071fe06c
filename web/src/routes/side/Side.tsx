import { SearchOutlined, SnippetsOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Skeleton } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useSearchParams } from "react-router";
import { useStream } from "../../api/live";
import { useMay, useMe } from "../../api/session";
import { useOwnLanguage } from "../../components/Frame/useOwnLanguage";
import { useTitle } from "../../components/Frame/useTitle";
import { useKeys } from "../../components/Keys/useKeys";
import { Trouble } from "../../components/Trouble/Trouble";
import { withFilter } from "../../filter/filter";
import { wantedIn } from "./pasted";
import styles from "./Side.module.css";
import { SideCase } from "./SideCase";
import { SideFound } from "./SideFound";

const key = "pingxin.side";

const oneLine = (text: string) => text.replace(/\s+/gu, " ");

/** The narrow window beside a chat program: an order number or a nick is pasted, and the case stands there. */
export function Side() {
  const { data: me, isPending, error, refetch } = useMe();
  const place = useLocation();
  if (isPending) return <div className={styles.page}><Skeleton active paragraph={{ rows: 6 }} /></div>;
  if (error && !me) return <div className={styles.page}><Trouble error={error} onRetry={() => void refetch()} /></div>;
  if (!me) return <Navigate to={`/login?next=${encodeURIComponent(place.pathname + place.search)}`} replace />;
  return <SignedIn />;
}

function SignedIn() {
  const { t } = useTranslation();
  useTitle(t("side.title"));
  useOwnLanguage();
  useStream();
  const may = useMay("case.read");
  const [params, setParams] = useSearchParams();
  // A window that is opened anew shows what was looked for last.
  const q = params.get("q") ?? localStorage.getItem(key) ?? "";
  const chosen = params.get("case");
  const [typed, setTyped] = useState(oneLine(q));
  const [refused, setRefused] = useState(false);
  const field = useRef<InputRef>(null);
  useKeys({ "/": () => field.current?.focus({ cursor: "all" }), Escape: chosen ? () => setParams((now) => withFilter(now, "case", null)) : undefined });

  const find = (text: string) => {
    const wanted = wantedIn(text);
    if (!wanted) return;
    localStorage.setItem(key, wanted);
    setTyped(oneLine(wanted));
    setParams({ q: wanted });
  };
  const paste = async () => {
    setRefused(false);
    try {
      find(await navigator.clipboard.readText());
    } catch {
      // The browser or the person said no: the field takes Ctrl+V.
      setRefused(true);
      field.current?.focus({ cursor: "all" });
    }
  };
  if (!may) return <div className={styles.page}><p className={styles.quiet}>{t("side.mayNot")}</p></div>;
  return (
    <main className={styles.page}>
      <h1 className="visually-hidden">{t("side.title")}</h1>
      <div role="search" className={styles.search}>
        <Input
          ref={field}
          autoFocus
          type="search"
          value={typed}
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t("side.placeholder")}
          aria-label={t("side.placeholder")}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing) find(typed);
          }}
          onPaste={(event) => {
            const text = event.clipboardData.getData("text");
            if (typed.trim() === "" || event.currentTarget.selectionEnd !== event.currentTarget.selectionStart) {
              event.preventDefault();
              find(text);
            }
          }}
        />
        <Button icon={<SnippetsOutlined aria-hidden="true" />} onClick={() => void paste()}>{t("side.paste")}</Button>
      </div>
      {refused && <p className={styles.quiet} role="alert">{t("side.refused")}</p>}
      {chosen ? <SideCase id={chosen} onBack={() => setParams((now) => withFilter(now, "case", null))} /> : q ? <SideFound q={q} onOpen={(id) => setParams({ q, case: id })} /> : <p className={styles.teach}>{t("side.teach")}</p>}
    </main>
  );
}
