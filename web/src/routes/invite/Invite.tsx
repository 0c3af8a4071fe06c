import { Result, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useInvitation } from "../../api/people";
import { ApiProblem } from "../../api/problem";
import { useMe } from "../../api/session";
import { useTitle } from "../../components/Frame/useTitle";
import { Gate } from "../../components/Gate/Gate";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { Trouble } from "../../components/Trouble/Trouble";
import { AcceptForm } from "./AcceptForm";

/** Where a link leads that an owner gave: a new colleague's first sign-in, or a new password. */
export function Invite() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const go = useNavigate();
  const { data: me } = useMe();
  const token = params.get("token") ?? "";
  const { data: found, error, isPending, refetch } = useInvitation(token);
  const isReset = found?.kind === "reset";
  const title = t(isReset ? "invite.resetTitle" : "invite.title");
  useTitle(title);
  if (token === "") return <Told text={t("invite.incomplete")} />;
  if (error instanceof ApiProblem && error.status < 500) return <Told text={error.message || t("invite.over")} />;
  if (error) return <Gate title={title}><Trouble error={error} onRetry={() => void refetch()} /></Gate>;
  if (isPending || !found) return <Gate title={title}><Skeleton active /></Gate>;
  const lead = isReset ? t("invite.resetLead", { login: found.login ?? "" }) : t("invite.lead", { tenant: found.tenant_name, role: t(`role.${found.role}`) });
  return (
    <Gate title={title} lead={me ? `${lead}${t("invite.signedIn", { name: me.user.display_name })}` : lead}>
      <AcceptForm token={token} found={found} onDone={() => void go("/", { replace: true })} />
    </Gate>
  );
}

function Told({ text }: { text: string }) {
  const { t } = useTranslation();
  return <Result status="info" title={text} subTitle={t("invite.askAgain")} extra={<LinkButton to="/login" type="primary">{t("setup.toLogin")}</LinkButton>} />;
}
