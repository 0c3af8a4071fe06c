import { EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import type { Review } from "../../api/types";
import { CorrectDialog } from "./CorrectDialog";

/** Opens the form that corrects what was read in a review; not there for who may not. */
export function CorrectButton({ review }: { review: Review }) {
  const { t } = useTranslation();
  const may = useMay("review.correct");
  const [isOpen, setOpen] = useState(false);
  if (!may || !review.triage) return null;
  return (
    <>
      <Button size="small" icon={<EditOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>{t("corrections.correct")}</Button>
      {isOpen && <CorrectDialog review={review} onClose={() => setOpen(false)} />}
    </>
  );
}
