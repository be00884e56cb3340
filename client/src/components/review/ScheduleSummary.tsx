import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameOfTime } from '../../../../src/analyses/shows/schedule/vocabulary.ts';
import { useScheduleWords } from '../schedule-words.ts';
import { nextNights } from './next-nights.ts';
import { isSameValue } from './record-fields.ts';
import type { ReviewDesk } from './use-review-desk.ts';
import classes from './Review.module.css';

/** A schedule in words, with its next four nights: where the words are right and a date is not, something was misread. */
export function ScheduleSummary({ desk }: { desk: ReviewDesk }) {
  const { t, i18n } = useTranslation('review');
  const scheduleWords = useScheduleWords();
  const { facts, item } = desk;
  if (facts === null || item === null) return null;
  const { schedule } = facts;
  const nights = nightsOf(desk);
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {scheduleWords(schedule)}
      </Text>
      <Text size="xs" c="dimmed" mb={2}>
        {t('when.next')}
      </Text>
      {nights === null ? (
        <Text size="sm">{t('when.notKnown')}</Text>
      ) : nights.length === 0 ? (
        <Text size="sm">{t('when.none')}</Text>
      ) : (
        <ol className={classes.nights}>
          {nights.map((night) => (
            <li key={night}>{nightWords(night, i18n.language)}</li>
          ))}
        </ol>
      )}
      {nights !== null && nights.length > 0 && schedule.timezone === null && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('when.noZone')}
        </Text>
      )}
    </div>
  );
}

/** The server's own dates where the schedule is the one that was read; else reckoned here. Null where neither is known. */
function nightsOf({ facts, item }: ReviewDesk): string[] | null {
  if (facts === null) return null;
  const { warnings: _w, next: _n, ...edited } = facts.schedule;
  for (const known of [item?.record?.schedule, item?.proposed?.schedule, item?.listed?.schedule]) {
    if (known?.next === undefined) continue;
    const { warnings: _warnings, next, ...read } = known;
    if (isSameValue(JSON.stringify(when(read)), JSON.stringify(when(edited)))) return next;
  }
  return nextNights(facts.schedule, new Date().toLocaleDateString('sv'));
}

/** What the dates depend on. */
function when({
  days,
  rrule,
  startTime,
  startDate,
  endDate,
  exceptDates,
  timezone,
}: Omit<ReviewSchedule, 'text' | 'endTime'>) {
  return [days, rrule, startTime, startDate, endDate, exceptDates, timezone];
}

type ReviewSchedule = NonNullable<ReviewDesk['facts']>['schedule'];

/** `2026-12-01T21:00:00-05:00` → `Tue, Dec 1, 9 PM`: the clock of the venue, whatever that of the reader. */
function nightWords(night: string, language: string): string {
  const [date = '', clock] = night.split('T');
  const day = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
  return clock === undefined ? day : `${day}, ${nameOfTime(clock.slice(0, 5), language === 'es' ? 'es' : 'en')}`;
}
