import { Alert, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { MappedColumn } from "../../../api/types";
import styles from "./Draft.module.css";
import { eitherDate, monthDay } from "./dates";
import type { DateOrder } from "./wishes";

const orders = ["mdy", "dmy"] as const;

interface Props {
  of: MappedColumn;
  order: DateOrder | null;
  onChange: (order: DateOrder) => void;
}

/** Asks which of day and month comes first in a column that leaves it open. */
export function DateQuestion({ of, order, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const example = eitherDate(of.sample);
  const [first, second] = orders.map((each) => (example ? monthDay(example[each], i18n.language) : t(`draft.order.${each}`)));
  const question = example ? t("draft.whichDay", { text: example.text, first, second }) : t("draft.whichFirst");
  return (
    <Alert
      type={order ? "info" : "warning"}
      showIcon
      role="group"
      aria-label={`${of.column}: ${question}`}
      title={question}
      description={
        <div className={styles.question}>
          <span>{t("draft.ofColumn", { column: of.column })}</span>
          <Radio.Group value={order} onChange={(event) => onChange(event.target.value as DateOrder)} aria-label={question}>
            {orders.map((each) => (
              <Radio key={each} value={each}>
                {example ? monthDay(example[each], i18n.language) : t(`draft.order.${each}`)}
                {example && <span className={styles.hint}> {t(`draft.order.${each}`)}</span>}
              </Radio>
            ))}
          </Radio.Group>
        </div>
      }
    />
  );
}
