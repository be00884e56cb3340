import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunStep } from '../../../../src/contract/run.ts';
import { useFormat } from '../format.ts';
import { stepBars } from './recipe-words.ts';
import classes from './Recipes.module.css';

const MARKS = [0, 0.25, 0.5, 0.75, 1];

/** What took how long: a table, whose bars stand on one axis, since steps overlap. What a bar shows is in its cell in words. */
export function StepTimes({ steps, isOver }: { steps: readonly RunStep[]; isOver: boolean }) {
  const { t } = useTranslation('recipes');
  const format = useFormat();
  const { bars, endMs } = stepBars(steps);
  /** Most of a small video takes less than the tenth of a second that durations are written in. */
  const duration = (ms: number) => (ms > 0 && ms < 100 ? `${format.number(Math.ceil(ms))} ms` : format.duration(ms));
  return (
    <section aria-labelledby="times-title" className={classes.times}>
      <h2 id="times-title" className={classes.title}>
        {t('times.title')}
      </h2>
      <Text size="sm" c="dimmed">
        {isOver ? t('times.note') : t('times.soFar')}
      </Text>
      <table aria-labelledby="times-title">
        <thead>
          <tr>
            <th scope="col">{t('times.step')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('times.fromTo')}</span>
              <span className={classes.axis} aria-hidden>
                {MARKS.map((mark) => (
                  <span key={mark}>{duration(mark * endMs)}</span>
                ))}
              </span>
            </th>
            <th scope="col">{t('times.took')}</th>
            <th scope="col">{t('times.share')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ step, startMs, endMs: stepEndMs, share, leftPercent, widthPercent }) => (
            <tr key={step}>
              <th scope="row">{t(`times.name.${step}`)}</th>
              <td>
                <span className="visually-hidden">
                  {t('times.between', { from: duration(startMs), to: duration(stepEndMs) })}
                </span>
                <svg className={classes.bar} aria-hidden>
                  <rect x={`${leftPercent}%`} width={`${Math.max(widthPercent, 0.4)}%`} height="14" rx="2" />
                </svg>
              </td>
              <td data-label={t('times.took')}>{duration(stepEndMs - startMs)}</td>
              <td data-label={t('times.share')}>{format.share(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
