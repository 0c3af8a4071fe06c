import { Form, type FormInstance } from "antd";
import type { GuardCheck } from "../../api/types";
import { GuardPanel } from "./GuardPanel";

interface Props {
  form: FormInstance;
  /** The field whose words are checked. */
  name: string;
  /** Where the text goes and what it is about. */
  where: Omit<GuardCheck, "text">;
}

/** The guard beside a field of a form. */
export function GuardOfField({ form, name, where }: Props) {
  const typed: unknown = Form.useWatch(name, form);
  return <GuardPanel text={typeof typed === "string" ? typed : ""} where={where} onUse={(better) => form.setFieldValue(name, better)} />;
}
