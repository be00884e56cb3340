import { useTranslation } from 'react-i18next';
import { nameOfTime } from '../../../../src/analyses/shows/schedule/vocabulary.ts';
import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import type { Schedule, Venue } from '../../../../src/contract/show.ts';

export interface ShowWords {
  /** `9:30 PM` */
  time(time: string): string;
  /** `9 PM – 1 AM`; null where no start is known. */
  times(schedule: Pick<Schedule, 'startTime' | 'endTime'>): string | null;
  /** `Friday, 27 November`, with the year where it is not this one */
  date(date: string): string;
  /** `Fri 27` */
  shortDate(date: string): string;
  /** `November 2026` @param month `YYYY-MM` */
  month(month: string): string;
  /** `27 November 2026`, as the machine that reads it counts days */
  dayOf(instant: string): string;
  /** `2 h 15 min` */
  span(ms: number): string;
}

/** Says times and dates as the language of the page does. */
export function useShowWords(): ShowWords {
  const { i18n } = useTranslation();
  return wordsOf[i18n.language === 'es' ? 'es' : 'en'];
}

/** One for all components: each card that made its own formats took a fifth of the time of the first page. */
const wordsOf = { en: showWords('en'), es: showWords('es') } as const;

function showWords(language: 'en' | 'es'): ShowWords {
  const long = dateFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const dated = dateFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const short = dateFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const month = dateFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const day = dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric' });
  const ms = (date: string) => Date.parse(`${date}T00:00:00Z`);
  return {
    time: (time) => nameOfTime(time, language),
    times: ({ startTime, endTime }) => {
      if (startTime === null) return null;
      const start = nameOfTime(startTime, language);
      return endTime === null ? start : `${start} – ${nameOfTime(endTime, language)}`;
    },
    date: (date) => (date.slice(0, 4) === String(new Date().getFullYear()) ? long : dated)(ms(date)),
    shortDate: (date) => `${short(ms(date)).replace(/[.,]$/, '')} ${Number(date.slice(8))}`,
    month: (name) => month(ms(`${name}-01`)),
    dayOf: (instant) => day(Date.parse(instant)),
    span(length) {
      const minutes = Math.max(1, Math.round(length / 60_000));
      if (minutes < 60) return `${minutes} min`;
      return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
  };
}

/** Made when it is first used: a format takes as long to make as ten cards to draw. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): (ms: number) => string {
  let made: Intl.DateTimeFormat | null = null;
  return (ms) => (made ??= new Intl.DateTimeFormat(language, options)).format(ms);
}

/** `1420 Harbor View Blvd, Tampa, FL` */
export function whereOf({ address, city, state }: Pick<Venue, 'address' | 'city' | 'state'>): string | null {
  const parts = [address, city, state].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

/** The title of a show; the venue's name where it has none, since most of them are called by their place. */
export function titleOf({ name, venue }: Pick<ListedShow, 'name' | 'venue'>): string | null {
  return name ?? venue.name;
}

/** `Kara with Diamond Mic` */
export function hostOf({ host: { name, company } }: Pick<ListedShow, 'host'>): string | null {
  const parts = [name, company].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(' · ');
}
