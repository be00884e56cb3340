import { useTranslation } from 'react-i18next';
import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import { WEEKDAYS } from '../../../../src/contract/show.ts';
import { DayEntries } from './DayEntries.tsx';
import { dayOfMonth } from './dates.ts';
import { useShowWords } from './show-words.ts';
import type { Period } from './use-period.ts';
import classes from './Calendar.module.css';

/** Lines of a day of a month; the others are behind a button. */
const IN_A_MONTH = 3;
const IN_A_WEEK = 12;

export function CalendarGrid({
  period,
  today,
  caption,
  ofDays,
  onMore,
}: {
  period: Period;
  today: string;
  caption: string;
  ofDays: ReadonlyMap<string, ListedShow[]>;
  onMore: (date: string) => void;
}) {
  const { t } = useTranslation('shows');
  const { t: tCommon } = useTranslation();
  const words = useShowWords();
  const isMonth = period.kind === 'month';
  const most = isMonth ? IN_A_MONTH : IN_A_WEEK;
  return (
    <table className={`${classes.grid} ${isMonth ? '' : classes.week}`}>
      <caption className="visually-hidden">{t('month.caption', { when: caption })}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col" className="edge-print">
              {tCommon(`day.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {period.weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => {
              const shows = ofDays.get(date) ?? [];
              // One line more takes no more room than the button that hides it.
              const shown = shows.length <= most + 1 ? shows : shows.slice(0, most);
              const isOutside = isMonth && date.slice(0, 7) !== period.month;
              return (
                <td
                  key={date}
                  className={[isOutside && classes.outside, date === today && classes.today].filter(Boolean).join(' ')}
                  aria-current={date === today ? 'date' : undefined}
                >
                  <time dateTime={date} className={classes.number}>
                    {dayOfMonth(date)}
                  </time>
                  <DayEntries shows={shown} />
                  {shows.length > shown.length && (
                    <button
                      type="button"
                      className={classes.more}
                      onClick={() => onMore(date)}
                      aria-label={t('month.moreOn', { count: shows.length - shown.length, date: words.date(date) })}
                    >
                      {t('month.more', { count: shows.length - shown.length })}
                    </button>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
