import { App, Button, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useDeleteChannel, useTestChannel } from "../../../api/outbox";
import type { Channel, OutChannel } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import styles from "../Settings.module.css";
import { ChannelForm } from "./ChannelForm";

const channels: readonly OutChannel[] = ["mail", "webhook", "dingtalk", "wecom", "feishu"];

/** Where messages and notices go out: the mail server, a webhook, robots of chat groups. */
export function ChannelsPage() {
  const { data, isPending, error, refetch } = useChannels();
  return (
    <SectionPage of="channels">
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {data && channels.map((channel) => <ChannelCard key={channel} channel={channel} known={data.find((each) => each.channel === channel)} />)}
    </SectionPage>
  );
}

function ChannelCard({ channel, known }: { channel: OutChannel; known: Channel | undefined }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const [isOpen, setOpen] = useState(false);
  const test = useTestChannel(channel);
  const remove = useDeleteChannel(channel);
  const name = t(`outbox.channel.${channel}`);
  const askRemove = () => ask({ title: t("channels.removeTitle", { name }), text: t("channels.removeText"), ok: t("channels.remove"), onOk: () => remove.mutateAsync(undefined).then(() => message.success(t("channels.removed", { name }))) });
  return (
    <Card>
      <Panel title={name} extra={known && <Tag color={known.switched_on ? "success" : "default"}>{t(known.switched_on ? "channels.isOn" : "channels.isOff")}</Tag>}>
        {known ? <p>{known.place}{known.from_address && ` · ${known.from_address}`}</p> : <p className={styles.hint}>{t(`channels.about.${channel}`)}</p>}
        {isOpen ? (
          <ChannelForm channel={channel} known={known} onDone={() => setOpen(false)} />
        ) : (
          <div className={styles.out}>
            <Button onClick={() => setOpen(true)}>{t(known ? "settings.edit" : "channels.add")}</Button>
            {known && <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>{t("channels.test")}</Button>}
            {known && <Button type="text" danger onClick={askRemove}>{t("channels.remove")}</Button>}
          </div>
        )}
        {test.data && !isOpen && <p role="status">{t(test.data.arrived ? "channels.arrived" : "channels.notArrived", { detail: test.data.detail })}</p>}
        <Trouble error={test.error} />
      </Panel>
    </Card>
  );
}
