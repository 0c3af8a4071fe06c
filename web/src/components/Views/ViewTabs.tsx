import { TeamOutlined } from "@ant-design/icons";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { SavedView } from "../../api/types";
import type { ListName } from "../../filter/spec";
import { viewAddress } from "../../filter/views";
import { builtIns, openBuiltIn } from "./builtIn";
import { ViewCount } from "./ViewCount";
import { ViewMenu } from "./ViewMenu";
import styles from "./Views.module.css";

interface Props {
  list: ListName;
  views: SavedView[];
  open: SavedView | null;
  columns: string[];
  zone?: string;
}

/** The views of a list as tabs: those that every desk has, and those that were saved, each with how many rows it finds. */
export function ViewTabs({ list, views, open, columns, zone }: Props) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const all = builtIns[list];
  const first = all[all.length - 1];
  const ordered = first ? [first, ...all.slice(0, -1)] : [];
  const show = (key: string) => {
    const view = views.find((each) => each.id === key);
    const next = view ? viewAddress(list, view, zone) : new URLSearchParams(all.find((each) => each.key === key)?.query);
    // The shop of the top bar is where one is, not what one looks for.
    if (!next.has("shop")) for (const shop of params.getAll("shop")) next.append("shop", shop);
    setParams(next);
  };
  return (
    <Tabs
      className={styles.tabs}
      size="small"
      aria-label={t("views.label")}
      activeKey={open?.id ?? openBuiltIn(list, params).key}
      onChange={show}
      tabBarExtraContent={<ViewMenu list={list} open={open} columns={columns} zone={zone} />}
      items={[
        ...ordered.map(({ key }) => ({ key, label: t(`views.builtIn.${key}`) })),
        ...views.map((view) => ({
          key: view.id,
          label: (
            <span title={view.shared ? t("views.sharedBy", { name: view.owner.name }) : undefined}>
              {view.shared && <TeamOutlined aria-label={t("views.shared")} className={styles.shared} />}
              {view.name} <ViewCount view={view} />
            </span>
          ),
        })),
      ]}
    />
  );
}
