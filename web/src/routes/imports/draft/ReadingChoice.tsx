import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useProfiles } from "../../../api/profiles";
import type { ImportPreview } from "../../../api/types";
import styles from "./Draft.module.css";

const auto = "";
const encodings = { "utf-8": "UTF-8", gb18030: "GBK / GB18030", "utf-16le": "UTF-16", "windows-1252": "Windows-1252" };

interface Props {
  preview: ImportPreview;
  profile: string | null;
  encoding: string | null;
  onChange: (change: { profile?: string | null; encoding?: string | null }) => void;
}

/** Which profile and which letters, where the guess is wrong. */
export function ReadingChoice({ preview, profile, encoding, onChange }: Props) {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  const group = (builtIn: boolean) =>
    profiles.filter((each) => each.built_in === builtIn).map((each) => ({ value: each.name, label: each.title }));
  const saved = group(false);
  const hasLetters = preview.format !== "xlsx" && (preview.encoding !== null || encoding !== null || preview.format === null);
  return (
    <Form component="div" layout="vertical" className={styles.choice}>
      <Form.Item label={t("draft.profile")} htmlFor="draft-profile">
        <Select
          id="draft-profile"
          value={profile ?? auto}
          onChange={(chosen: string) => onChange({ profile: chosen || null })}
          showSearch={{ optionFilterProp: "label" }}
          options={[
            { value: auto, label: t("imports.auto") },
            ...(saved.length > 0 ? [{ label: t("draft.saved"), title: "saved", options: saved }] : []),
            { label: t("draft.builtIn"), title: "built-in", options: group(true) },
          ]}
        />
      </Form.Item>
      {hasLetters && (
        <Form.Item label={t("imports.encoding")} htmlFor="draft-encoding">
          <Select
            id="draft-encoding"
            value={encoding ?? auto}
            onChange={(chosen: string) => onChange({ encoding: chosen || null })}
            options={[{ value: auto, label: t("imports.auto") }, ...Object.entries(encodings).map(([value, label]) => ({ value, label }))]}
          />
        </Form.Item>
      )}
    </Form>
  );
}
