import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../../../src/contract/show.ts';
import { isUnderWay, nightsAhead, type Night } from './nights.ts';
import { useShowWords } from './show-words.ts';
import classes from './ShowDetail.module.css';

const SHOWN = 5;
/** A rule of the fifth Friday has its fourth night within it. */
const DAYS_AHEAD = 366;

/** The nights to come, with how far ahead each is; the one that is on says so. */
export function NextNights({ schedule, nowMs }: { schedule: Schedule; nowMs: number }) {
  const { t } = useTranslation('shows');
  const words = useShowWords();
  const nights = nightsAhead(schedule, nowMs, DAYS_AHEAD).slice(0, SHOWN);
  if (nights.length === 0) return <p className={classes.dim}>{t('show.noNights')}</p>;
  return (
    <ul className={classes.nights}>
      {nights.map((night) => (
        <li key={night.date}>
          <span>
            <time dateTime={night.date}>{words.date(night.date)}</time>
          </span>
          <span className={classes.dim}>{whenOf(t, night, nowMs)}</span>
        </li>
      ))}
    </ul>
  );
}

function whenOf(t: ReturnType<typeof useTranslation<'shows'>>['t'], night: Night, nowMs: number): string {
  if (isUnderWay(night, nowMs)) return t('mark.now');
  if (night.daysAhead <= 0) return t('show.tonight');
  return night.daysAhead === 1 ? t('show.tomorrow') : t('show.inDays', { count: night.daysAhead });
}
