import { useTranslation } from 'react-i18next';
import { nameOfDate, nameOfTime } from '../../../../src/analyses/shows/schedule/vocabulary.ts';
import type { FieldValue } from '../../../../src/contract/catalogue.ts';
import { sortedDays, type FieldPath } from './record-fields.ts';

/** Says the value of a field for reading: `Tue, Thu`, `9:30 PM`, `May 3, 2026`. Null where there is none. */
export function useValueWords(): (path: FieldPath | null, value: FieldValue) => string | null {
  const { t, i18n } = useTranslation(['review', 'common']);
  const language = i18n.language === 'es' ? 'es' : 'en';
  return (path, value) => {
    if (value === null) return null;
    if (Array.isArray(value)) {
      if (value.length === 0) return null;
      const words =
        path === 'schedule.days'
          ? sortedDays(value).map((day) => t(`common:day.${day}`))
          : value.map((date) => nameOfDate(date, language));
      return words.join(', ');
    }
    if (path === 'status') return value === 'cancelled' ? t('review:fields.cancelled') : t('review:fields.scheduled');
    const isTime = path === 'schedule.startTime' || path === 'schedule.endTime';
    if (isTime && /^\d\d:\d\d$/.test(value)) return nameOfTime(value, language);
    const isDate = path === 'schedule.startDate' || path === 'schedule.endDate';
    return isDate && /^\d{4}-\d\d-\d\d$/.test(value) ? nameOfDate(value, language) : value;
  };
}
