import { useTranslation } from 'react-i18next';
import type { PerformanceSample } from '../../../../src/contract/performance.ts';
import { useFormat } from '../format.ts';
import { valueIn } from './chart-units.ts';
import classes from './Performance.module.css';

/** How it stands this second, in a few large numbers. */
export function LiveFigures({ sample }: { sample: PerformanceSample | undefined }) {
  const { t } = useTranslation('performance');
  const format = useFormat();
  const figures: [string, string, string?][] = [
    [t('chart.images.title'), format.number(sample?.imagesPerMinute ?? 0), t('unit.perMinute')],
    [
      t('line.underWay'),
      format.number(sample?.callsUnderWay ?? 0),
      t('ofSlots', { slots: format.number(sample?.slots ?? 0) }),
    ],
    [t('chart.queue.title'), format.number(sample?.queued ?? 0)],
    [t('line.p50'), valueIn(format, 'ms', sample?.latencyMs.p50 ?? null)],
    [t('chart.cost.title'), format.money(sample?.costUsd ?? 0), t('sinceStart')],
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(([label, value, note]) => (
        <div key={label}>
          <dt className="edge-print">{label}</dt>
          <dd>
            {value} {note !== undefined && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
