import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import { Button, Checkbox, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangesetProblem } from '../changeset/ChangesetProblem.tsx';
import { useScheduleWords } from '../schedule-words.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { ReviewDialog } from './ReviewDialog.tsx';
import type { ReviewDesk } from './use-review-desk.ts';

/** Chooses which other shows of the run are the same one. */
export function MergeDialog(props: { desk: ReviewDesk; item: ChangesetItem; onClose: () => void }) {
  const { desk, item, onClose } = props;
  const { t } = useTranslation(['review', 'common']);
  const scheduleWords = useScheduleWords();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const candidates = mergeCandidates(desk.items, item);
  const wanted = search.trim().toLocaleLowerCase();
  const lines = candidates.map((each) => ({
    id: each.id,
    title: desk.title(each),
    note: [each.proposed && scheduleWords(each.proposed.schedule), each.proposed?.host.name, each.proposed?.venue.city]
      .filter(Boolean)
      .join(' · '),
  }));
  const shown = lines.filter(({ title, note }) => `${title} ${note}`.toLocaleLowerCase().includes(wanted));
  const merge = () => desk.reshape({ kind: 'merge', itemIds: [item.id, ...chosen] }, onClose);
  return (
    <ReviewDialog opened onClose={onClose} size="lg" title={t('review:merge.title')}>
      <Stack>
        <Text size="sm">{t('review:merge.intro', { name: desk.title(item) })}</Text>
        {candidates.length === 0 ? (
          <Text size="sm">{t('review:merge.none')}</Text>
        ) : (
          <>
            <TextInput
              aria-label={t('review:merge.search')}
              placeholder={t('review:merge.search')}
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
              data-autofocus
            />
            <ScrollArea.Autosize mah="40dvh" type="auto" viewportProps={{ tabIndex: 0 }}>
              <Stack gap="xs">
                {shown.map(({ id, title, note }) => (
                  <Checkbox
                    key={id}
                    label={title}
                    description={note}
                    checked={chosen.includes(id)}
                    onChange={({ currentTarget }) =>
                      setChosen(currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
                    }
                  />
                ))}
              </Stack>
            </ScrollArea.Autosize>
          </>
        )}
        {desk.problem !== null && <ChangesetProblem error={desk.problem} onClose={desk.forgetProblem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button disabled={chosen.length === 0} loading={desk.isReshaping} onClick={merge}>
            {t('review:merge.submit', { count: chosen.length })}
          </Button>
        </Group>
      </Stack>
    </ReviewDialog>
  );
}
