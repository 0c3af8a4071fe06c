import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { currentLanguage, type Language, rememberLanguage } from "./language";
import { loadWidgetWords } from "./widgets";

const texts: Record<Language, () => Promise<{ default: object }>> = {
  "zh-CN": () => import("./zh-CN"),
  "en-US": () => import("./en-US"),
};

async function load(language: Language): Promise<void> {
  const widgets = loadWidgetWords(language);
  if (!i18next.hasResourceBundle(language, "translation")) {
    const { default: words } = await texts[language]();
    i18next.addResourceBundle(language, "translation", words);
  }
  await widgets;
}

export async function startTexts(): Promise<void> {
  const language = currentLanguage();
  rememberLanguage(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await load(language);
  await i18next.changeLanguage(language);
}

export async function speak(language: Language): Promise<void> {
  await load(language);
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}
