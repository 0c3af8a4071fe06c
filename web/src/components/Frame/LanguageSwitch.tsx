import { GlobalOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useMe, useSaveLocale } from "../../api/session";
import { speak } from "../../i18n";
import { type Language, languages } from "../../i18n/language";
import { languageNames } from "../../i18n/names";

/** Each language is named in itself, so that everybody finds his own. Signed in, the choice is kept with the person. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const save = useSaveLocale();
  const choose = async (language: Language) => {
    await speak(language);
    if (me) save.mutate(language);
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [i18n.language],
        items: languages.map((language) => ({ key: language, label: <span lang={language}>{languageNames[language]}</span> })),
        onClick: ({ key }) => void choose(key as Language),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t("top.language")} />
    </Dropdown>
  );
}
