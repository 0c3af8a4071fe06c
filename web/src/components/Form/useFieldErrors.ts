import type { FormInstance } from "antd";
import { useEffect } from "react";
import { ApiProblem } from "../../api/problem";

/** Puts what the server said about a field beside that field. */
export function useFieldErrors<T>(form: FormInstance<T>, error: unknown): void {
  const fields = error instanceof ApiProblem ? error.fields : null;
  useEffect(() => {
    if (!fields) return;
    form.setFields(Object.entries(fields).map(([name, message]) => ({ name: name as never, errors: [message] })));
  }, [fields, form]);
}
