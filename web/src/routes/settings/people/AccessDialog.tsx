import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useChangePerson } from "../../../api/people";
import type { Person } from "../../../api/types";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";
import { type AccessForm, formOf, inputOf } from "./access";
import { AccessFields } from "./AccessFields";

type PersonForm = AccessForm & { display_name: string };

/** Name, role and shops of somebody who is here already. */
export function AccessDialog({ person, isLast, onClose }: { person: Person; isLast: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<PersonForm>();
  const change = useChangePerson();
  useFieldErrors(form, change.error);
  const save = (input: PersonForm) =>
    change.mutate({ id: person.id, display_name: input.display_name.trim(), ...inputOf(input) }, {
      onSuccess: () => {
        void message.success(t("people.saved", { name: input.display_name.trim() }));
        onClose();
      },
    });
  return (
    <Modal open title={t("people.editOf", { name: person.display_name })} okText={t("settings.save")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(change.isPending) }} onOk={form.submit} onCancel={onClose}>
      <p>{t("people.editHint")}</p>
      <Form<PersonForm> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={{ display_name: person.display_name, ...formOf(person) }}>
        <Form.Item name="display_name" label={t("people.name")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <AccessFields isRoleFixed={isLast} />
      </Form>
      <Trouble error={change.error} />
    </Modal>
  );
}
