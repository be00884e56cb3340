import { Badge, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PosterRecord } from '../../../../src/contract/poster.ts';
import { PosterOverlay } from './PosterOverlay.tsx';
import { usePosterWords } from './poster-words.ts';
import classes from './Posters.module.css';

interface PosterCardProps {
  poster: PosterRecord;
  number: number;
  thumbnailUrl: string | null;
  /** Width by height. */
  aspect: number;
  isLive: boolean;
}

/** One poster: its picture with zones and elements, and what is wrong with it. */
export const PosterCard = memo(function PosterCard({ poster, number, thumbnailUrl, aspect, isLive }: PosterCardProps) {
  const { t } = useTranslation('records');
  const words = usePosterWords();
  const titleId = useId();
  const { image, elements, zones, violations, compliant } = poster;
  const bad = new Map([...new Set(violations.map(({ element }) => element))].map((element, at) => [element, at + 1]));
  // What lies in a zone and may: other print, a touch below the threshold, what the model was not sure of.
  const allowed = zones.flatMap(({ name, overlaps }) =>
    overlaps
      .filter(({ element }) => !violations.some((each) => each.element === element && each.zone === name))
      .map(({ element, share }) => ({ zone: name, element, share })),
  );
  const remarks = words.remarks(poster);
  const summary = compliant ? t('posters.compliant') : t('posters.violations', { count: violations.length });
  return (
    <article className={classes.poster} data-new={isLive || undefined} aria-labelledby={titleId}>
      <div className={classes.frame}>
        <div className={classes.edge}>
          <span className="edge-print">{number}</span>
          <span className={classes.name} id={titleId} title={image}>
            {image}
          </span>
        </div>
        <PosterOverlay
          poster={poster}
          thumbnailUrl={thumbnailUrl}
          aspect={aspect}
          numbers={bad}
          label={`${image}: ${summary}`}
        />
      </div>
      <div className={classes.body}>
        <Group gap="xs">
          <Badge
            variant="outline"
            color={compliant ? 'var(--good)' : 'var(--bad)'}
            leftSection={compliant ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
          >
            {summary}
          </Badge>
          {poster.judged === 'text' && (
            <Badge variant="outline" color="var(--notice)">
              {t('posters.textOnly')}
            </Badge>
          )}
        </Group>
        {bad.size > 0 && (
          <ol className={classes.violations}>
            {[...bad].map(([index, place]) => {
              const own = violations.filter(({ element }) => element === index);
              return (
                <li key={index}>
                  <span className={classes.number}>{place}</span>
                  <div>
                    <Text size="sm" fw={650}>
                      {words.element(elements, index)}
                    </Text>
                    <Text size="sm">
                      {own
                        .map(({ zone, share }) =>
                          t('posters.covered', { share: words.share(share), zone: words.zone(zone) }),
                        )
                        .join(', ')}
                    </Text>
                    {own[0] && (
                      <Text size="sm" c="dimmed">
                        {words.remedy(own[0], elements[index]?.kind)}
                      </Text>
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        )}
        {allowed.length > 0 && (
          <div>
            <Text size="xs" fw={650}>
              {t('posters.allowed')}
            </Text>
            <Text size="xs" c="dimmed">
              {allowed
                .map(
                  ({ element, zone, share }) =>
                    `${words.element(elements, element)}: ${t('posters.covered', { share: words.share(share), zone: words.zone(zone) })}`,
                )
                .join(' · ')}
            </Text>
          </div>
        )}
        {remarks.map((remark) => (
          <Text key={remark} size="xs" c="dimmed">
            {remark}
          </Text>
        ))}
      </div>
    </article>
  );
});
