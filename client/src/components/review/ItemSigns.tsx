import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import { IconAlertTriangle, IconCheck, IconPencil, IconPlayerSkipForward } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { concernsOf, type Concern } from './review-order.ts';
import { useWarningWords } from './warning-words.ts';
import classes from './Review.module.css';

const ICONS = { accept: IconCheck, edit: IconPencil, skip: IconPlayerSkipForward } as const;
const LOUD: readonly Concern['kind'][] = ['conflict', 'ungrounded'];

/** How an item was decided, by word and sign. */
export function DecisionSign({ item }: { item: ChangesetItem }) {
  const { t } = useTranslation('review');
  if (item.decision === null) return null;
  const Icon = ICONS[item.decision.action];
  return (
    <span className={classes.sign} data-tone={item.decision.action === 'skip' ? 'quiet' : 'good'}>
      <Icon size={14} aria-hidden />
      {t(`decision.${item.decision.action}`)}
    </span>
  );
}

/** Says each concern in words: `Images differ: Address`. */
export function useConcernWords(): (concern: Concern) => string {
  const { t } = useTranslation(['review', 'common']);
  const warningWords = useWarningWords();
  return (concern) => {
    if (concern.kind === 'warning') return warningWords(concern.text);
    const what = t(`review:concern.${concern.kind}`);
    if (concern.field === null) return what;
    return t('review:concern.onField', { what, field: t(`common:field.${concern.field}`) });
  };
}

/** What to look at in an item, in a line. */
export function ConcernSigns({ item, most = Infinity }: { item: ChangesetItem; most?: number }) {
  const wordsOf = useConcernWords();
  const concerns = concernsOf(item);
  const shown = concerns.slice(0, most);
  return (
    <>
      {shown.map((concern) => {
        const words = wordsOf(concern);
        return (
          <span key={words} className={classes.sign} data-tone={LOUD.includes(concern.kind) ? 'bad' : 'notice'}>
            <IconAlertTriangle size={13} aria-hidden />
            <span style={{ whiteSpace: 'normal' }}>{words}</span>
          </span>
        );
      })}
      {concerns.length > shown.length && (
        <span className={classes.sign} data-tone="notice">
          +{concerns.length - shown.length}
        </span>
      )}
    </>
  );
}
