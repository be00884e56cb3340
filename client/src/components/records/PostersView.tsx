import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PosterRecord } from '../../../../src/contract/poster.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { PosterCard } from './PosterCard.tsx';
import classes from './Posters.module.css';

interface PostersViewProps {
  posters: readonly PosterRecord[];
  images: readonly RunImage[];
  isOver: boolean;
}

/** Of a film poster whose size nobody knows. */
const USUAL_ASPECT = 2 / 3;

/** How many posters keep out of the zones, and each of them with what is covered. */
export function PostersView({ posters, images, isOver }: PostersViewProps) {
  const { t } = useTranslation('records');
  const [shown, setShown] = useState<'all' | 'bad'>('all');
  const sorted = useMemo(
    () => posters.toSorted((one, other) => one.image.localeCompare(other.image, 'en', { numeric: true })),
    [posters],
  );
  const imageById = useMemo(() => new Map(images.map((image) => [image.imageId, image])), [images]);
  const bad = sorted.filter(({ compliant }) => !compliant);
  const violations = bad.reduce((sum, poster) => sum + poster.violations.length, 0);
  const list = shown === 'all' ? sorted : bad;
  return (
    <section aria-labelledby="posters-title">
      <Group justify="space-between" mb="sm" align="flex-end">
        <Stack gap={2}>
          <Title order={2} size="h4" id="posters-title">
            {t('posters.title')}
          </Title>
          <Text size="sm" role="status" data-figure="posters">
            {posters.length > 0 &&
              [
                t('posters.count', { count: posters.length }),
                t('posters.good', { count: posters.length - bad.length }),
                t('posters.violations', { count: violations }),
              ].join(' · ')}
          </Text>
        </Stack>
        <SegmentedControl
          aria-label={t('posters.show')}
          value={shown}
          onChange={(value) => setShown(value === 'bad' ? 'bad' : 'all')}
          data={[
            { value: 'all', label: t('posters.all', { count: sorted.length }) },
            { value: 'bad', label: t('posters.bad', { count: bad.length }) },
          ]}
        />
      </Group>
      {list.length === 0 ? (
        <Text size="sm" c="dimmed">
          {sorted.length > 0 ? t('posters.noneBad') : isOver ? t('posters.none') : t('posters.soon')}
        </Text>
      ) : (
        <div className={classes.posters}>
          {list.map((poster) => {
            const image = imageById.get(poster.imageId);
            return (
              <PosterCard
                key={poster.id}
                poster={poster}
                number={sorted.indexOf(poster) + 1}
                thumbnailUrl={image?.thumbnailUrl ?? null}
                aspect={poster.aspect ?? aspectOf(image, poster)}
                isLive={!isOver}
              />
            );
          })}
        </div>
      )}
    </section>
  );
}

function aspectOf(image: RunImage | undefined, { crop }: PosterRecord): number {
  const [, , width, height] = crop ?? [0, 0, 1, 1];
  if (image === undefined || image.width === null || image.height === null) return USUAL_ASPECT;
  return (image.width * width) / (image.height * height);
}
