import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScheduleWords } from '../schedule-words.ts';
import { isUnderWay } from './nights.ts';
import { hostOf, titleOf, useShowWords, whereOf } from './show-words.ts';
import type { Entry } from './shows-by-night.ts';
import classes from './Shows.module.css';
import { foreignZoneName } from './zone-clock.ts';

/** One show at one of its nights: when on the left, what and where on the right. */
export function ShowCard({ entry: { show, night, isNext }, nowMs }: { entry: Entry; nowMs: number }) {
  const { t, i18n } = useTranslation('shows');
  const { t: tCommon } = useTranslation();
  const scheduleWords = useScheduleWords();
  const words = useShowWords();
  const mark = markOf(show.status === 'cancelled', night !== null && isUnderWay(night, nowMs), isNext);
  const title = titleOf(show) ?? tCommon('unknownVenue');
  const host = hostOf(show);
  const where = whereOf(show.venue);
  const zone = foreignZoneName(show.schedule.timezone, nowMs, i18n.language);
  return (
    <li className={`${classes.card} ${mark === 'off' ? classes.off : ''}`} data-mark={mark ?? undefined}>
      <div className={classes.time}>
        <strong>{show.schedule.startTime === null ? '—' : words.time(show.schedule.startTime)}</strong>
        <span>
          {show.schedule.startTime === null
            ? tCommon('unknownTime')
            : [show.schedule.endTime === null ? null : `– ${words.time(show.schedule.endTime)}`, zone]
                .filter(Boolean)
                .join(' ')}
        </span>
      </div>
      <div>
        {mark !== null && (
          <div className={classes.mark} data-mark={mark}>
            {mark === 'off' && t('mark.cancelled')}
            {mark === 'now' &&
              (show.schedule.endTime === null
                ? t('mark.now')
                : t('mark.until', { time: words.time(show.schedule.endTime) }))}
            {mark === 'next' && t('mark.next', { span: words.span((night?.startMs ?? nowMs) - nowMs) })}
          </div>
        )}
        <h3 className={classes.title}>
          <Link to={`/shows/${encodeURIComponent(show.id)}`}>{title}</Link>
        </h3>
        {show.name !== null && show.venue.name !== null && <p className={classes.line}>{show.venue.name}</p>}
        {where !== null && <p className={`${classes.line} ${classes.dim}`}>{where}</p>}
        {host !== null && <p className={classes.line}>{host}</p>}
        <p className={classes.foot}>
          <span>{scheduleWords({ ...show.schedule, startTime: null, endTime: null })}</span>
          <span>{t('confirmed', { date: words.dayOf(show.lastConfirmedAt) })}</span>
        </p>
      </div>
    </li>
  );
}

function markOf(isOff: boolean, isNow: boolean, isNext: boolean): 'off' | 'now' | 'next' | null {
  if (isOff) return 'off';
  if (isNow) return 'now';
  return isNext ? 'next' : null;
}
