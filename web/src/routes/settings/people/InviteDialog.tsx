import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useInvite } from "../../../api/people";
import type { Link } from "../../../api/types";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";
import { type AccessForm, inputOf, nothingYet } from "./access";
import { AccessFields } from "./AccessFields";

type InviteForm = AccessForm & { display_name: string };

interface Props {
  onClose: () => void;
  onInvited: (link: Link, name: string) => void;
}

export function InviteDialog({ onClose, onInvited }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<InviteForm>();
  const invite = useInvite();
  useFieldErrors(form, invite.error);
  const send = (input: InviteForm) => {
    const name = input.display_name.trim();
    invite.mutate({ display_name: name, ...inputOf(input) }, { onSuccess: (link) => onInvited(link, name) });
  };
  return (
    <Modal open title={t("people.invite")} okText={t("people.makeLink")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(invite.isPending) }} onOk={form.submit} onCancel={onClose}>
      <Form<InviteForm> form={form} layout="vertical" requiredMark={false} onFinish={send} initialValues={nothingYet}>
        <Form.Item name="display_name" label={t("people.name")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={80} autoFocus placeholder={t("setup.nameExample")} autoComplete="off" />
        </Form.Item>
        <AccessFields />
      </Form>
      <Trouble error={invite.error} />
    </Modal>
  );
}
