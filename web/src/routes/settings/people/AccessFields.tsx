import { Form, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useShops } from "../../../api/shops";
import { type AccessForm, departments, roles } from "./access";

interface Props {
  /** The role cannot be changed: this is the last owner. */
  isRoleFixed?: boolean;
}

/** Role, department and shops of somebody, within a form. */
export function AccessFields({ isRoleFixed = false }: Props) {
  const { t } = useTranslation();
  const { shops } = useShops();
  const form = Form.useFormInstance<AccessForm>();
  const role = Form.useWatch("role", form);
  const reach = Form.useWatch("reach", form);
  return (
    <>
      <Form.Item name="role" label={t("people.role")} extra={isRoleFixed ? t("people.lastOwner") : role && t(`people.roleHelp.${role}`)}>
        <Select disabled={isRoleFixed} options={roles.map((value) => ({ value, label: t(`role.${value}`) }))} />
      </Form.Item>
      {role === "department" && (
        <Form.Item name="department" label={t("people.department")} rules={[{ required: true, message: t("people.departmentMissing") }]}>
          <Select options={departments.map((value) => ({ value, label: t(`department.${value}`) }))} />
        </Form.Item>
      )}
      {role !== "owner" && (
        <Form.Item name="reach" label={t("people.shops")}>
          <Radio.Group options={(["all", "some"] as const).map((value) => ({ value, label: t(`people.reach.${value}`) }))} />
        </Form.Item>
      )}
      {role !== "owner" && reach === "some" && (
        <Form.Item name="shops" label={t("people.whichShops")} rules={[{ required: true, type: "array", min: 1, message: t("people.shopsMissing") }]}>
          <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      )}
    </>
  );
}
