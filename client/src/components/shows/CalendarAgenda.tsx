import { useTranslation } from 'react-i18next';
import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import { DayEntries } from './DayEntries.tsx';
import { useShowWords } from './show-words.ts';
import classes from './Calendar.module.css';

/** The days of a week one below another: what a grid is on a phone. */
export function CalendarAgenda({
  dates,
  today,
  ofDays,
}: {
  dates: readonly string[];
  today: string;
  ofDays: ReadonlyMap<string, ListedShow[]>;
}) {
  const { t } = useTranslation('shows');
  const words = useShowWords();
  return (
    <div className={classes.agenda}>
      {dates.map((date) => {
        const shows = ofDays.get(date) ?? [];
        return (
          <section key={date} aria-current={date === today ? 'date' : undefined}>
            <h3>
              {words.date(date)}
              {date === today && ` · ${t('month.today')}`}
            </h3>
            {shows.length === 0 ? <p className={classes.quiet}>{t('month.none')}</p> : <DayEntries shows={shows} />}
          </section>
        );
      })}
    </div>
  );
}
