import { useTranslation } from 'react-i18next';
import type review from '../../i18n/en/review.ts';
import { asFieldPath } from './record-fields.ts';

type WarningKey = keyof typeof review.warning;

/** The server's sentences, which are English, to the words of the page. */
const KNOWN: readonly [RegExp, WarningKey][] = [
  [/^No venue is named\.$/, 'noVenue'],
  [/^No night is known\.$/, 'noNight'],
  [/^No start is known\.$/, 'noStart'],
  [/^It is said to be cancelled\.$/, 'saidCancelled'],
  [/^It is said to be cancelled and was never listed\.$/, 'cancelledNeverListed'],
  [/^It was listed as cancelled\.$/, 'wasCancelled'],
  [/^Another show is listed there on the same night/, 'overlap'],
  [/^Other images have another (?<field>[\w.]+)\.$/, 'otherValue'],
  [/^schedule\.endsBeforeStart:/, 'endsBeforeStart'],
  [/^schedule\.oddMinutes:/, 'oddMinutes'],
  [/^schedule\.noonAsMidnight:/, 'noonAsMidnight'],
  [/^schedule\.pastYear:/, 'pastYear'],
  [/^schedule\.dateDisagrees:/, 'dateDisagrees'],
  [/^schedule\.noAnchor:/, 'noAnchor'],
  [/^schedule\.biMonthly:/, 'biMonthly'],
  [/^schedule\.whichWeeks:/, 'whichWeeks'],
  [/^schedule\.holidays:/, 'holidays'],
];

/** Which of the page's sentences says the same; null for one that the page does not know (a newer server). */
export function warningKey(text: string): { key: WarningKey; field: string | null } | null {
  for (const [pattern, key] of KNOWN) {
    const match = pattern.exec(text);
    if (match !== null) return { key, field: match.groups?.['field'] ?? null };
  }
  return null;
}

/** Says a warning of the server in the language of the page, or in the server's own words. */
export function useWarningWords(): (text: string) => string {
  const { t } = useTranslation(['review', 'common']);
  return (text) => {
    const known = warningKey(text);
    if (known === null) return text.replace(/^schedule\.\w+: /, '');
    const path = known.field === null ? null : asFieldPath(known.field);
    return t(`review:warning.${known.key}`, { field: path === null ? known.field : t(`common:field.${path}`) });
  };
}
