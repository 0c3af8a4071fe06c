import { Collapse } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FigureForm } from "./FigureForm";
import { FigureList } from "./FigureList";
import styles from "./Figures.module.css";

/** Figures that a platform shows and no file holds, typed by hand; folded away until somebody wants it. */
export function FiguresPanel() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Collapse
      ghost
      size="small"
      className={styles.panel}
      onChange={(keys) => setOpen(keys.length > 0)}
      items={[
        {
          key: "figures",
          styles: { header: { padding: "8px 16px" }, body: { padding: "0 16px 12px" } },
          label: t("figures.title"),
          children: (
            <>
              <p className={styles.hint}>{t("figures.hint")}</p>
              <FigureForm />
              <FigureList wanted={open} />
            </>
          ),
        },
      ]}
    />
  );
}
