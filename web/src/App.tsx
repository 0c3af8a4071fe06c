import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import type { Locale } from "antd/es/locale";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { queryClient } from "./api/queries";
import { router } from "./router";
import { useDark } from "./theme/mode";
import { themeFor } from "./theme/theme";

const locales: Record<string, () => Promise<{ default: Locale }>> = {
  "zh-CN": () => import("antd/es/locale/zh_CN"),
  "en-US": () => import("antd/es/locale/en_US"),
};

function useAntdLocale(): Locale | undefined {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let wanted = true;
    void locales[i18n.language]?.().then((loaded) => wanted && setLocale(loaded.default));
    return () => {
      wanted = false;
    };
  }, [i18n.language]);
  return locale;
}

export function App() {
  const dark = useDark();
  const locale = useAntdLocale();
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.classList.add("pingxin");
  }, [dark]);
  return (
    <ConfigProvider theme={themeFor(dark)} locale={locale} button={{ autoInsertSpace: false }}>
      <AntdApp>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
