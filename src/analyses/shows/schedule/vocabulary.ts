import type { Weekday } from '../../../contract/show.ts';

/** The languages that schedules are said in. */
export type Language = 'en' | 'es';

interface Vocabulary {
  day: Readonly<Record<Weekday, string>>;
  days: Readonly<Record<Weekday, string>>;
  months: readonly string[];
  /** Of the first to the fifth, and the last. */
  ordinals: readonly string[];
  everyNight: string;
  ofTheMonth: string;
  and: string;
  toTime: string;
  untilTime: string;
  from: string;
  until: string;
  except: string;
}

const ENGLISH_DAYS = {
  MO: 'Monday', TU: 'Tuesday', WE: 'Wednesday', TH: 'Thursday', FR: 'Friday', SA: 'Saturday', SU: 'Sunday',
} as const; // prettier-ignore
const SPANISH_DAYS = {
  MO: 'lunes', TU: 'martes', WE: 'miércoles', TH: 'jueves', FR: 'viernes', SA: 'sábado', SU: 'domingo',
} as const; // prettier-ignore

export const VOCABULARY: Readonly<Record<Language, Vocabulary>> = {
  en: {
    day: ENGLISH_DAYS,
    days: ENGLISH_DAYS,
    months: 'January February March April May June July August September October November December'.split(' '),
    ordinals: ['1st', '2nd', '3rd', '4th', '5th', 'last'],
    everyNight: 'every night',
    ofTheMonth: 'of the month',
    and: 'and',
    toTime: '–',
    untilTime: 'until',
    from: 'starting',
    until: 'until',
    except: 'except',
  },
  es: {
    day: SPANISH_DAYS,
    days: { ...SPANISH_DAYS, SA: 'sábados', SU: 'domingos' },
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    ordinals: ['primer', 'segundo', 'tercer', 'cuarto', 'quinto', 'último'],
    everyNight: 'todas las noches',
    ofTheMonth: 'del mes',
    and: 'y',
    toTime: 'a',
    untilTime: 'hasta las',
    from: 'a partir del',
    until: 'hasta el',
    except: 'excepto el',
  },
};

/** 1–5, or -1 for the last; undefined for what has no word here. */
export function ordinalName(ordinal: number, language: Language): string | undefined {
  const { ordinals } = VOCABULARY[language];
  return ordinal === -1 ? ordinals[5] : ordinals.slice(0, 5)[ordinal - 1];
}

/** `2026-05-03` → `May 3, 2026`, `3 de mayo de 2026` */
export function nameOfDate(date: string, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = VOCABULARY[language].months[Number(month) - 1] ?? '';
  return language === 'en' ? `${name} ${Number(day)}, ${year}` : `${Number(day)} de ${name} de ${year}`;
}

/** `21:30` → `9:30 PM`, `9:30 p. m.` */
export function nameOfTime(time: string, language: Language): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const hour = hours % 12 === 0 ? 12 : hours % 12;
  const clock = minutes === 0 ? String(hour) : `${hour}:${String(minutes).padStart(2, '0')}`;
  const isMorning = hours < 12;
  if (language === 'en') return `${clock} ${isMorning ? 'AM' : 'PM'}`;
  return `${clock} ${isMorning ? 'a. m.' : 'p. m.'}`;
}
