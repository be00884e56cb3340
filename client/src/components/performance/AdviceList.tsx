import { IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Advice } from '../../../../src/contract/performance.ts';
import { useFormat, type Format } from '../format.ts';
import classes from './Performance.module.css';

/** What holds the reading up, and what would help, in words. */
export function AdviceList({ advice }: { advice: readonly Advice[] }) {
  const { t } = useTranslation('performance');
  const format = useFormat();
  return (
    <ul className={classes.advice} aria-live="polite">
      {advice.map((each) => (
        <li key={each.code} data-code={each.code}>
          <IconBulb size={20} aria-hidden />
          <div>
            <strong>{t(`advice.${each.code}.title`)}</strong>
            {t(`advice.${each.code}.${variantOf(each)}` as 'advice.idle.text', valuesOf(each, format))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** One code has several sentences: with what is known, or how it came about. */
function variantOf({ code, values }: Advice): string {
  switch (code) {
    case 'quotaBinds':
    case 'tokensBind':
      return values['allowed'] === undefined ? 'text' : 'known';
    case 'slotsBind':
      return values['slots'] === 1 ? (values['callMs'] === undefined ? 'sequential' : 'sequentialKnown') : 'text';
    case 'latencyBinds':
      if (values['overloaded'] !== undefined) return 'overloaded';
      return values['callMs'] === undefined ? 'text' : 'known';
    case 'threadsBind':
    case 'refusals':
    case 'idle':
    case 'moneyBinds':
      return 'text';
  }
}

/** Every name that an advice has a number under. */
type Values = Partial<
  Record<'percent' | 'allowed' | 'slots' | 'callMs' | 'threads' | 'refusals' | 'callsMade', string>
>;

function valuesOf({ values }: Advice, format: Format): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, name === 'callMs' ? format.duration(value) : format.number(value)];
    }),
  );
}
