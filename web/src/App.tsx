import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { queryClient } from "./api/queries";
import { widgetWords } from "./i18n/widgets";
import { router } from "./router";
import { useDark } from "./theme/mode";
import { themeFor } from "./theme/theme";

export function App() {
  const dark = useDark();
  const { i18n } = useTranslation();
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.classList.add("pingxin");
  }, [dark]);
  return (
    <ConfigProvider theme={themeFor(dark)} locale={widgetWords(i18n.language)} button={{ autoInsertSpace: false }}>
      <AntdApp>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
