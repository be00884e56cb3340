import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BatchProgress } from '../../../../src/contract/run.ts';
import { useFormat } from '../format.ts';
import classes from './Submit.module.css';

/** How far the reading is. */
export function ReadingProgress({ progress, shows }: { progress: BatchProgress; shows: number }) {
  const { t } = useTranslation('submit');
  const format = useFormat();
  const { processedImages, totalImages, estimatedTimeRemaining, timeRemainingIsAtLeast } = progress;
  const leftKey = timeRemainingIsAtLeast ? 'reading.leftAtLeast' : 'reading.left';
  return (
    <section className={classes.panel} aria-labelledby="reading">
      <Text component="h2" id="reading" fw={650} mb="xs">
        {t('reading.title')}
      </Text>
      <Progress.Root size={14} radius="sm">
        <Progress.Section
          value={totalImages === 0 ? 0 : (100 * processedImages) / totalImages}
          aria-label={t('reading.title')}
          animated
        />
      </Progress.Root>
      <Text size="sm" mt="xs" role="status">
        {t('reading.of', { done: processedImages, count: totalImages })}
        {estimatedTimeRemaining > 0 && processedImages > 0 && (
          <> · {t(leftKey, { time: format.duration(estimatedTimeRemaining) })}</>
        )}
        {shows > 0 && <> · {t('reading.found', { count: shows })}</>}
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        {t('reading.away')}
      </Text>
    </section>
  );
}
