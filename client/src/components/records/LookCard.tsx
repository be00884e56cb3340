import { Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Look } from '../../../../src/contract/style.ts';
import { useFormat } from '../format.ts';
import { PaletteStrip } from './PaletteStrip.tsx';
import { thumbnailOf } from './thumbnail-widths.ts';
import classes from './Styles.module.css';

interface LookCardProps {
  look: Look;
  number: number;
  thumbnailUrl: string | null;
  /** Others are looked for. */
  isDim: boolean;
  /** It was found a moment ago. */
  isLive: boolean;
}

/** One look: its picture as a frame of film, its colours, and what it is made of. */
export const LookCard = memo(function LookCard({ look, number, thumbnailUrl, isDim, isLive }: LookCardProps) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const [first, ...others] = look.images;
  const name = first?.image ?? '';
  const tags = [...look.moods, ...look.occasions, ...look.seasons];
  return (
    <article className={classes.look} data-dim={isDim || undefined} data-new={isLive || undefined} aria-label={name}>
      <div className={classes.frame}>
        <div className={classes.edge}>
          <span className="edge-print">{number}</span>
          <span className={classes.name} title={name}>
            {name}
          </span>
        </div>
        {thumbnailUrl !== null && <img src={thumbnailOf(thumbnailUrl, 640)} alt="" loading="lazy" decoding="async" />}
      </div>
      <div className={classes.body}>
        <PaletteStrip palette={look.palette} />
        {look.description !== null && <Text size="sm">{look.description}</Text>}
        <ul className={classes.garments} aria-label={t('styles.garments')}>
          {look.garments.map(({ kind, silhouette, fabrics, pattern, construction }, at) => (
            <li key={`${at} ${kind}`}>
              <b>{kind}</b> {[silhouette, ...fabrics, pattern, ...construction].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
        <ul className={classes.tags}>
          {[...new Set(tags)].map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
        <Text size="xs" c="dimmed">
          {t('styles.confidence', { share: format.share(look.confidence) })}
          {others.length > 0 && ` · ${t('styles.also', { names: others.map(({ image }) => image).join(', ') })}`}
        </Text>
      </div>
    </article>
  );
});
