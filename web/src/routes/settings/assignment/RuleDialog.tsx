import { AutoComplete, Form, Input, InputNumber, Modal, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useShops } from "../../../api/shops";
import { useTeams } from "../../../api/teams";
import type { AssignmentRule } from "../../../api/types";
import { busy as shownBusy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import { causes, languages } from "../../../filter/spec";
import { languageName } from "../../../i18n/names";

interface Props {
  rule: AssignmentRule | null;
  /** Skills that people have. */
  skills: string[];
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onSave: (rule: AssignmentRule) => void;
}

const empty: AssignmentRule = { name: "", is_on: true, shops: [], causes: [], languages: [], severity_from: 0, team: null, skill: null, choosing: "load", most: null };

/** Makes a rule of assignment, or changes one. What is left empty is no condition. */
export function RuleDialog({ rule, skills, error, busy, onClose, onSave }: Props) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<AssignmentRule>();
  const { shops } = useShops();
  const { data } = useTeams();
  const save = (input: AssignmentRule) =>
    onSave({ ...empty, ...rule, ...input, name: input.name.trim(), skill: input.skill?.trim() || null, team: input.team ?? null, most: input.most ?? null, severity_from: input.severity_from ?? 0 });
  return (
    <Modal open title={rule ? t("assignment.editOf", { name: rule.name }) : t("assignment.add")} okText={t("settings.save")} cancelText={t("action.cancel")} okButtonProps={{ loading: shownBusy(busy) }} onOk={form.submit} onCancel={onClose}>
      <Form<AssignmentRule> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={rule ?? empty}>
        <Form.Item name="name" label={t("assignment.name")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="shops" label={t("assignment.shops")}>
          <Select mode="multiple" allowClear placeholder={t("assignment.every")} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="causes" label={t("assignment.causes")}>
          <Select mode="multiple" allowClear placeholder={t("assignment.every")} options={causes.map((value) => ({ value, label: t(`cause.${value}`) }))} />
        </Form.Item>
        <Form.Item name="languages" label={t("assignment.languages")}>
          <Select mode="multiple" allowClear placeholder={t("assignment.every")} options={languages.map((value) => ({ value, label: languageName(value, i18n.language, t("tongue.und")) }))} />
        </Form.Item>
        <Form.Item name="severity_from" label={t("assignment.severityFrom")}>
          <InputNumber min={0} max={100} precision={0} />
        </Form.Item>
        <Form.Item name="team" label={t("assignment.team")}>
          <Select allowClear placeholder={t("assignment.anyAgent")} options={(data?.teams ?? []).map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="skill" label={t("assignment.skill")}>
          <AutoComplete allowClear options={skills.map((value) => ({ value }))} maxLength={40} />
        </Form.Item>
        <Form.Item name="choosing" label={t("assignment.how")}>
          <Radio.Group options={(["load", "round_robin"] as const).map((value) => ({ value, label: t(`assignment.choosing.${value}`) }))} />
        </Form.Item>
        <Form.Item name="most" label={t("assignment.most")}>
          <InputNumber min={1} max={100000} precision={0} placeholder={t("assignment.noLimit")} />
        </Form.Item>
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
