import { App, Button, Form, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSetShopWords, useShopWords } from "../../../api/reading";
import { useMay } from "../../../api/session";
import { useShops } from "../../../api/shops";
import { busy } from "../../../components/Busy/busy";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card } from "../SectionPage";
import styles from "../Settings.module.css";
import { asList, byMeaning, type Meaning, meanings } from "./words";

const longest = 30;

/** Product names and local expressions, shop by shop. No training is needed. */
export function WordsPanel() {
  const { t } = useTranslation();
  const { shops } = useShops();
  const [chosen, choose] = useState<string | null>(null);
  const shop = chosen ?? shops[0]?.id ?? null;
  const { data, error, refetch } = useShopWords(shop);
  return (
    <Card>
      <Panel title={t("reading.words")}>
        <p className={styles.hint}>{t("reading.wordsHelp")}</p>
        {shops.length > 1 && (
          <Form.Item label={t("reading.shop")} htmlFor="words-shop">
            <Select id="words-shop" value={shop} onChange={choose} options={shops.map(({ id, name }) => ({ value: id, label: name }))} style={{ maxWidth: 320 }} />
          </Form.Item>
        )}
        <Trouble error={error} onRetry={() => void refetch()} />
        {!data && !error && shop && <Skeleton active />}
        {data && shop && <Words key={shop} shop={shop} words={byMeaning(data.words)} />}
      </Panel>
    </Card>
  );
}

function Words({ shop, words }: { shop: string; words: Record<Meaning, string[]> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("reading.manage");
  const set = useSetShopWords();
  const save = (input: Partial<Record<Meaning, string[]>>) =>
    set.mutate({ shop, words: asList(input) }, { onSuccess: () => void message.success(t("reading.wordsSaved")) });
  return (
    <Form layout="vertical" requiredMark={false} disabled={!may} initialValues={words} onFinish={save}>
      {meanings.map((meaning) => (
        <Form.Item key={meaning} name={meaning} label={meaning === "name" ? t("reading.names") : t("reading.wordsOf", { cause: t(`cause.${meaning}`) })} extra={meaning === "name" ? t("reading.namesHelp") : undefined}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，", "、", ";", "；"]} maxLength={longest} placeholder={t("reading.wordsType")} />
        </Form.Item>
      ))}
      {may && <Button type="primary" htmlType="submit" loading={busy(set.isPending)}>{t("settings.save")}</Button>}
      <Trouble error={set.error} />
    </Form>
  );
}
