import { useTranslation } from 'react-i18next';
import { scheduleInWords } from '../../../src/analyses/shows/schedule/schedule-words.ts';
import type { Schedule } from '../../../src/contract/show.ts';

/** Says a schedule in the language of the page, by the same code that the server has: "Every Tuesday, 9 PM – 1 AM". */
export function useScheduleWords(): (schedule: Schedule) => string {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'es' ? 'es' : 'en';
  return (schedule) => scheduleInWords(schedule, language) ?? schedule.text ?? t('unknownTime');
}
