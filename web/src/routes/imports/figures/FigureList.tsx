import { DeleteOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useDeleteFigure, useFigures } from "../../../api/figures";
import type { Figure } from "../../../api/types";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import styles from "./Figures.module.css";
import { figureName } from "./names";

/** The figures brought in last. */
export function FigureList({ wanted }: { wanted: boolean }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useFigures(wanted);
  const remove = useDeleteFigure();
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (data.figures.length === 0) return <p className={styles.hint}>{t("figures.none")}</p>;
  const valueOf = ({ value, unit }: Figure) => (unit === "percent" ? `${value.replace(/%$/u, "")}%` : value);
  return (
    <>
      <h3 className={styles.last}>{t("figures.last")}</h3>
      <ul className={styles.list} aria-label={t("figures.last")}>
        {data.figures.map((figure) => {
          const name = figureName(figure.name, t);
          return (
            <li key={figure.id}>
              <span className={styles.what}>
                <span>{name} <b>{valueOf(figure)}</b></span>
                <span className={styles.hint}>{figure.shop.name} · <When at={figure.at} shop={figure.shop.id} /></span>
              </span>
              <Popconfirm
                title={t("figures.deleteTitle", { name, value: valueOf(figure) })}
                okText={t("figures.delete")}
                okButtonProps={{ danger: true }}
                cancelText={t("action.cancel")}
                onConfirm={() => remove.mutate(figure.id)}
              >
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("figures.deleteOne", { name, value: valueOf(figure) })} />
              </Popconfirm>
            </li>
          );
        })}
      </ul>
      <Trouble error={remove.error} />
    </>
  );
}
