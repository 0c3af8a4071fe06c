import { DownloadOutlined, EyeOutlined, LinkOutlined } from "@ant-design/icons";
import { Image } from "antd";
import { useTranslation } from "react-i18next";
import type { Review, ReviewMedia } from "../../api/types";
import { hostOf } from "./host";
import styles from "./Media.module.css";

const addressOf = (review: Review, { position }: ReviewMedia) => `/api/v1/reviews/${review.id}/media/${position}`;

/** Photos and videos of a review: what came along as pictures, the rest as plain links that the page never loads. */
export function Media({ review }: { review: Review }) {
  const { t } = useTranslation();
  const photos = review.media.filter(({ kind, stored }) => kind === "photo" && stored);
  const others = review.media.filter(({ kind, stored }) => !(kind === "photo" && stored));
  if (review.media.length === 0) return null;
  return (
    <div className={styles.media} role="group" aria-label={t("records.media")}>
      {photos.length > 0 && <Photos review={review} photos={photos} />}
      {others.length > 0 && <ul className={styles.links}>{others.map((each) => <li key={each.position}><Other of={each} review={review} /></li>)}</ul>}
    </div>
  );
}

function Photos({ review, photos }: { review: Review; photos: ReviewMedia[] }) {
  const { t } = useTranslation();
  return (
    <Image.PreviewGroup>
      <div className={styles.photos}>
        {photos.map((each, index) => (
          <Image
            key={each.position}
            src={addressOf(review, each)}
            alt={t("records.photo", { number: index + 1, total: photos.length })}
            width={76}
            height={76}
            className={styles.picture}
            preview={{ cover: <EyeOutlined aria-hidden="true" /> }}
          />
        ))}
      </div>
    </Image.PreviewGroup>
  );
}

function Other({ of, review }: { of: ReviewMedia; review: Review }) {
  const { t } = useTranslation();
  if (of.stored) {
    return <a href={addressOf(review, of)} download><DownloadOutlined aria-hidden="true" /> {t("records.video", { number: of.position + 1 })}</a>;
  }
  const host = hostOf(of.link);
  if (!of.link || !host) return <span className={styles.quiet}>{t("records.notHere", { name: of.name })}</span>;
  return (
    <a href={of.link} target="_blank" rel="noreferrer noopener" title={t("records.linkHint")}>
      <LinkOutlined aria-hidden="true" /> {t(of.kind === "video" ? "records.videoAt" : "records.photoAt", { host })}
    </a>
  );
}
