import { Alert, Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { ApiProblem, isForbidden, isSessionOver } from "../../api/problem";
import { explain } from "./explain";
import { Missing } from "./Missing";

interface Props {
  error: unknown;
  onRetry?: () => void;
  /** Words of the server that came in an answer, not as an error. */
  said?: string;
  /** The error stands for the whole page, not for one part of it. */
  page?: boolean;
}

/** An error beside what caused it, with the next step. */
export function Trouble({ error, onRetry, said, page }: Props) {
  const { t } = useTranslation();
  if (!error || isSessionOver(error)) return null;
  if (page && isForbidden(error)) {
    return <Result status="warning" title={t("trouble.forbidden")} subTitle={explain(error, t) || t("trouble.forbiddenNext")} />;
  }
  if (page && error instanceof ApiProblem && error.status === 404) return <Missing />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={said ?? explain(error, t)}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("action.retry")}
          </Button>
        )
      }
    />
  );
}
