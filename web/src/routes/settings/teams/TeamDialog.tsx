import { App, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { usePeople } from "../../../api/people";
import { type TeamInput, useChangeTeam, useCreateTeam } from "../../../api/teams";
import type { Team } from "../../../api/types";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";

/** Makes a team, or changes one. */
export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<TeamInput>();
  const { people } = usePeople();
  const create = useCreateTeam();
  const change = useChangeTeam();
  const error = create.error ?? change.error;
  useFieldErrors(form, error);
  const done = (name: string) => ({
    onSuccess: () => {
      void message.success(t("teams.saved", { name }));
      onClose();
    },
  });
  const save = ({ name, members }: TeamInput) => {
    const input = { name: name.trim(), members };
    if (team) change.mutate({ id: team.id, ...input }, done(input.name));
    else create.mutate(input, done(input.name));
  };
  return (
    <Modal
      open
      title={team ? t("teams.editOf", { name: team.name }) : t("teams.add")}
      okText={t("settings.save")}
      cancelText={t("action.cancel")}
      okButtonProps={{ loading: busy(create.isPending || change.isPending) }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<TeamInput> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={{ name: team?.name ?? "", members: team?.members.map(({ id }) => id) ?? [] }}>
        <Form.Item name="name" label={t("teams.name")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={80} autoFocus placeholder={t("teams.example")} />
        </Form.Item>
        <Form.Item name="members" label={t("teams.members")}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            options={people.filter(({ disabled_at }) => !disabled_at).map(({ id, display_name }) => ({ value: id, label: display_name }))}
          />
        </Form.Item>
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
