import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunTimeline } from '../../../../src/contract/timeline.ts';
import { useFormat } from '../format.ts';
import classes from './Performance.module.css';

/** What the run would have taken one call after another, against what it took. */
export function SequentialAgainst({ timeline: { sequentialMs, parallelMs } }: { timeline: RunTimeline }) {
  const { t } = useTranslation('performance');
  const format = useFormat();
  const longest = Math.max(sequentialMs, parallelMs, 1);
  const times = parallelMs > 0 ? sequentialMs / parallelMs : 1;
  const rows: [string, number][] = [
    [t('run.sequential'), sequentialMs],
    [t('run.parallel'), parallelMs],
  ];
  return (
    <section className={classes.panel} aria-labelledby="against">
      <h3 id="against">{t('run.compare')}</h3>
      <div className={classes.compare}>
        {rows.map(([label, ms]) => (
          <div key={label} className={classes.row}>
            <span>{label}</span>
            <span className={classes.track}>
              <span className={classes.bar} style={{ width: `${(72 * ms) / longest}%` }} aria-hidden />
              <strong>{format.duration(ms)}</strong>
            </span>
          </div>
        ))}
      </div>
      <Text mt="sm" fw={650}>
        {times >= 1.05
          ? t('run.speedup', { times: format.number(times, 1), saved: format.duration(sequentialMs - parallelMs) })
          : t('run.noSpeedup')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('run.measured')}
      </Text>
    </section>
  );
}
