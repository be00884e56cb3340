import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShowFacts } from '../../../../src/contract/show.ts';
import { asFieldPath, changedFields, FIELDS, isSameValue, valueAt, type FieldPath } from '../review/record-fields.ts';
import { DecisionSign } from '../review/ItemSigns.tsx';
import { nameOf } from '../review/review-order.ts';
import { useValueWords } from '../review/value-words.ts';
import { useScheduleWords } from '../schedule-words.ts';
import classes from './Changeset.module.css';

/** What one item does to the list: for a new show what it says, for others each field, old and new. */
export function ItemChanges({
  item,
  isLeft,
  onReview,
}: {
  item: ChangesetItem;
  isLeft: boolean;
  onReview: () => void;
}) {
  const { t } = useTranslation(['changeset', 'review', 'common']);
  const scheduleWords = useScheduleWords();
  const valueWords = useValueWords();
  const facts = item.decision?.record ?? item.proposed ?? item.listed;
  const nothing = t('review:fields.nothing');
  const name = nameOf(item) ?? t('common:unknownVenue');
  return (
    <li className={classes.item} data-left={isLeft || undefined}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text fw={650} className={classes.name}>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {facts && [scheduleWords(facts.schedule), facts.venue.city, facts.host.name].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Group gap="sm" wrap="nowrap" fz="xs" fw={600}>
          {item.decision === null && item.kind !== 'notSeen' ? (
            <Text size="xs" c="dimmed">
              {t('review:decision.none')}
            </Text>
          ) : (
            <DecisionSign item={item} />
          )}
          <Anchor component="button" type="button" size="xs" underline="always" onClick={onReview}>
            {t('changeset:look')}
            <span className="visually-hidden"> {name}</span>
          </Anchor>
        </Group>
      </Group>
      {item.decision?.action !== 'skip' && <ChangeTable lines={linesOf(item, facts)} words={words} />}
    </li>
  );

  function words(path: string, value: Parameters<typeof valueWords>[1]): string {
    return valueWords(asFieldPath(path), value) ?? nothing;
  }
}

interface Line {
  path: FieldPath;
  old: ReturnType<typeof valueAt>;
  new: ReturnType<typeof valueAt>;
}

function ChangeTable({ lines, words }: { lines: Line[]; words: (path: string, value: Line['old']) => string }) {
  const { t } = useTranslation(['changeset', 'common']);
  if (lines.length === 0) return null;
  return (
    <table className={classes.changes}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('changeset:field')}</th>
          <th scope="col">{t('changeset:old')}</th>
          <th scope="col">{t('changeset:new')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.path}>
            <th scope="row">{t(`common:field.${line.path}`)}</th>
            <td className={classes.old}>{words(line.path, line.old)}</td>
            <td className={classes.new}>{words(line.path, line.new)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Against what is listed; of a new show only what the reviewer changed of the reading. */
function linesOf(item: ChangesetItem, facts: ShowFacts | null): Line[] {
  const base = item.listed ?? item.proposed;
  if (base === null || facts === null) return [];
  // What the server says has changed; what only the reviewer did is added.
  const said = new Set(item.kind === 'new' ? [] : item.changes.map(({ field }) => field));
  const edited = new Set<string>(changedFields(item.proposed ?? base, facts));
  return FIELDS.filter((path) => said.has(path) || edited.has(path)).flatMap((path) => {
    const line = { path, old: valueAt(base, path), new: valueAt(facts, path) };
    return isSameValue(line.old, line.new) ? [] : [line];
  });
}
