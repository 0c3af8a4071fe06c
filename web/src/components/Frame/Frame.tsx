import { Layout, Skeleton } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { useStream } from "../../api/live";
import { useMe } from "../../api/session";
import { useKeys } from "../Keys/useKeys";
import { KeySheet } from "../Keys/KeySheet";
import { Trouble } from "../Trouble/Trouble";
import { DemoBanner } from "./DemoBanner";
import styles from "./Frame.module.css";
import { OfflineBanner } from "./OfflineBanner";
import { Rail } from "./Rail";
import { places } from "./places";
import { TopBar } from "./TopBar";
import { useOwnLanguage } from "./useOwnLanguage";
import { useScroll } from "./useScroll";

/** What is around every page: rail, top bar, banners, keys. Sends to the login page when nobody is signed in. */
export function Frame() {
  const { data: me, isPending, error, refetch } = useMe();
  const place = useLocation();
  const wasHere = useRef(false);
  if (me) wasHere.current = true;
  if (isPending) return <div className={styles.waiting}><Skeleton active paragraph={{ rows: 8 }} /></div>;
  if (error && !me) return <div className={styles.waiting}><Trouble error={error} onRetry={() => void refetch()} /></div>;
  if (!me) {
    const next = place.pathname + place.search;
    const query = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
    return <Navigate to={`/login${query}`} state={{ ended: wasHere.current }} replace />;
  }
  return <SignedIn />;
}

const CommandBar = lazy(async () => ({ default: (await import("../Command/CommandBar")).CommandBar }));

const page = () => document.getElementById("page");

function SignedIn() {
  const { t } = useTranslation();
  const go = useNavigate();
  const [sheet, setSheet] = useState(false);
  const [command, setCommand] = useState(false);
  const moving = useNavigation().state === "loading";
  useOwnLanguage();
  useStream();
  useKeys({
    "?": () => setSheet(true),
    "/": () => document.getElementById("search")?.focus(),
    ...Object.fromEntries(places.map(({ key, letter }) => [`g ${letter}`, () => void go(`/${key}`)])),
  });
  useScroll(page);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setCommand((open) => !open);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <Layout className={styles.frame} hasSider>
      <a className={styles.skip} href="#page">{t("nav.skip")}</a>
      <Rail />
      <Layout className={styles.body}>
        <TopBar onKeys={() => setSheet(true)} />
        <DemoBanner />
        <OfflineBanner />
        <main id="page" tabIndex={-1} className={styles.page} aria-busy={moving}>
          <Outlet />
        </main>
      </Layout>
      {command && <Suspense fallback={null}><CommandBar onClose={() => setCommand(false)} onKeys={() => setSheet(true)} /></Suspense>}
      <KeySheet open={sheet} onClose={() => setSheet(false)} />
    </Layout>
  );
}
