import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import { titleOf, useShowWords } from './show-words.ts';
import classes from './Calendar.module.css';

/** The shows of one day, each one line. */
export function DayEntries({ shows }: { shows: readonly ListedShow[] }) {
  const { t } = useTranslation();
  const words = useShowWords();
  return (
    <ul className={classes.entries}>
      {shows.map((show) => (
        <li key={show.id}>
          <Link to={`/shows/${encodeURIComponent(show.id)}`} className={classes.entry}>
            {show.schedule.startTime !== null && (
              <time dateTime={show.schedule.startTime}>{words.time(show.schedule.startTime)}</time>
            )}
            <span className={show.status === 'cancelled' ? classes.off : undefined}>
              {titleOf(show) ?? t('unknownVenue')}
              {show.status === 'cancelled' && <i className="visually-hidden"> ({t('cancelledShow')})</i>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
