import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { changedFields, valueAt } from './record-fields.ts';
import { baseOf, type ReviewDesk } from './use-review-desk.ts';
import { useValueWords } from './value-words.ts';

/** What the sender of the images says of a show, beside what was read: taken over only by the reviewer. */
export function SuggestionNote({ desk }: { desk: ReviewDesk }) {
  const { t } = useTranslation(['review', 'common']);
  const valueWords = useValueWords();
  const format = useFormat();
  const suggestion = desk.item?.suggestion;
  const base = desk.item === null ? null : baseOf(desk.item);
  if (!suggestion || base === null || desk.facts === null) return null;
  const { record } = suggestion;
  const changes = record === null ? [] : changedFields(base, record);
  const isTaken = record !== null && changedFields(desk.facts, record).length === 0;
  const words = (facts: typeof base, path: (typeof changes)[number]) =>
    valueWords(path, valueAt(facts, path)) ?? t('review:fields.nothing');
  return (
    <Paper withBorder p="sm" m="sm" bg="transparent">
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={650}>
          {t('review:suggestion.title')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('review:suggestion.at', { at: format.dateTime(suggestion.at) })}
        </Text>
      </Group>
      {changes.length === 0 || record === null ? (
        <Text size="sm">{t('review:suggestion.confirmed')}</Text>
      ) : (
        <Stack gap={4}>
          <Text size="sm">{t('review:suggestion.changes')}</Text>
          {changes.map((path) => (
            <Text size="sm" key={path}>
              {t(`common:field.${path}`)}: <s>{words(base, path)}</s> → <b>{words(record, path)}</b>
            </Text>
          ))}
          {desk.isOpen && (
            <Group mt={4}>
              {isTaken ? (
                <Text size="sm" c="var(--good)">
                  {t('review:suggestion.taken')}
                </Text>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => desk.setDraft(record)}>
                  {t('review:suggestion.take')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      )}
    </Paper>
  );
}
