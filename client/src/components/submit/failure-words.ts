import { useTranslation } from 'react-i18next';

/** Groups of codes that mean the same to the person: a better photo helps, waiting helps, or nothing does. */
const KINDS = {
  unreadable: ['image.unreadable'],
  tooLarge: ['image.tooLarge', 'upload.tooLarge'],
  tooMany: ['upload.tooMany'],
  tooOften: ['upload.tooOften'],
  slow: ['image.timeout', 'model.timeout'],
  refused: ['model.blocked'],
  answer: ['model.truncated', 'model.emptyReply', 'model.replyInvalid'],
  busy: [
    'model.unavailable',
    'model.unreachable',
    'model.quotaPerMinute',
    'model.quotaPerDay',
    'worker.crashed',
    'unreachable',
    'server.stopping',
  ],
  setUp: ['model.notConfigured', 'model.keyRefused', 'model.notFound', 'model.accountEmpty', 'budget.exceeded'],
} as const satisfies Record<string, readonly string[]>;
type Kind = keyof typeof KINDS;

/** Says why an image could not be read, and what to do; the server's own words for what has no words here. */
export function useFailureWords(): (failure: { code: string | null; detail: string | null }) => string {
  const { t } = useTranslation('submit');
  return ({ code, detail }) => {
    const kind = (Object.keys(KINDS) as Kind[]).find((each) => KINDS[each].some((known) => known === code));
    return kind === undefined ? (detail ?? t('failure.other')) : t(`failure.${kind}`);
  };
}
