import { useTranslation } from 'react-i18next';
import { ApiError } from './api-error.ts';

/** Says of anything thrown what it means for the person: the server's own words where it has some. */
export function useErrorWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return t('crash.title');
    if (error.status === 0) return t('error.unreachable');
    if (error.code === 'auth.required') return t('error.auth');
    return error.message;
  };
}
