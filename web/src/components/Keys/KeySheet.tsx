import { Modal } from "antd";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { places } from "../Frame/places";
import styles from "./KeySheet.module.css";

const groups: [string, [string, string[]][]][] = [
  ["keys.groupAny", [["keys.search", ["/"]], ["keys.command", ["Ctrl K"]], ["keys.sheet", ["?"]], ["keys.back", ["Esc"]]]],
  ["keys.groupGo", places.map(({ key, letter }) => [`nav.${key}`, ["g", letter]])],
  ["keys.groupList", [["keys.down", ["j"]], ["keys.up", ["k"]], ["keys.open", ["o", "|", "Enter"]]]],
  ["keys.groupCase", [["keys.next", ["b"]], ["keys.assign", ["a"]], ["keys.reply", ["r"]], ["keys.note", ["x"]], ["keys.task", ["t"]], ["keys.contact", ["c"]], ["keys.done", ["d"]], ["keys.wait", ["w"]], ["keys.end", ["e"]], ["keys.undo", ["u"]]]],
];

export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const joint = (keys: string[], index: number) => (index === 0 || keys[index] === "|" || keys[index - 1] === "|" ? null : t("keys.then"));
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t("keys.title")} width={560}>
      <div className={styles.groups}>
        {groups.map(([title, rows]) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {rows.map(([name, keys]) => (
                <Fragment key={name}>
                  <dt>
                    {keys.map((key, index) => (
                      <Fragment key={key}>
                        {joint(keys, index)} {key === "|" ? t("keys.or") : <kbd>{key}</kbd>}{" "}
                      </Fragment>
                    ))}
                  </dt>
                  <dd>{t(name)}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
