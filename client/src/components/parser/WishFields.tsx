import { Autocomplete, Checkbox, Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AnalysisName } from '../../../../src/contract/run.ts';
import type { RunWish } from '../../api/piles.ts';
import { useModel } from '../../api/settings.ts';

interface WishFieldsProps {
  /** Place, time zone and print are asked for shows alone. */
  analysis: AnalysisName;
  wish: RunWish;
  onWish: (wish: RunWish) => void;
  capUsd: number | null;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** What the images do not say, and what this run should do otherwise than the settings. */
export function WishFields({ analysis, wish, onWish, capUsd }: WishFieldsProps) {
  const { t } = useTranslation('parser');
  const set = (changes: Partial<RunWish>) => onWish({ ...wish, ...changes });
  /** What was emptied is not sent: an empty word is no city. */
  const word = (value: string) => (value.trim() === '' ? undefined : value);
  const isOfShows = analysis === 'shows';
  const takesBatches = useModel().data?.kind === 'openai';
  return (
    <Stack gap="sm">
      {isOfShows && (
        <>
          <Group grow align="flex-start">
            <TextInput
              label={t('wish.city')}
              maxLength={100}
              value={wish.city ?? ''}
              onChange={({ currentTarget }) => set({ city: word(currentTarget.value) })}
            />
            <TextInput
              label={t('wish.state')}
              maxLength={100}
              value={wish.state ?? ''}
              onChange={({ currentTarget }) => set({ state: word(currentTarget.value) })}
            />
          </Group>
          <Autocomplete
            label={t('wish.timezone')}
            description={t('wish.timezoneNote')}
            data={ZONES}
            limit={12}
            value={wish.timezone ?? ''}
            onChange={(value) => set({ timezone: word(value) })}
          />
        </>
      )}
      <Textarea
        label={t('wish.notes')}
        description={t('wish.notesNote')}
        autosize
        maxRows={5}
        value={wish.notes ?? ''}
        onChange={({ currentTarget }) => set({ notes: word(currentTarget.value) })}
      />
      <NumberInput
        label={t('wish.cap')}
        description={t('wish.capNote')}
        min={0.01}
        step={0.5}
        decimalScale={2}
        prefix="$"
        value={capUsd ?? ''}
        onChange={(value) => set({ budgetUsdPerRun: typeof value === 'number' && value > 0 ? value : null })}
      />
      {isOfShows && (
        <Checkbox
          label={t('wish.ground')}
          description={t('wish.groundNote')}
          checked={wish.ground === 'on'}
          onChange={({ currentTarget }) => set({ ground: currentTarget.checked ? 'on' : undefined })}
        />
      )}
      {takesBatches && (
        <Checkbox
          label={t('wish.batch')}
          description={t('wish.batchNote')}
          checked={wish.batch === true}
          onChange={({ currentTarget }) => set({ batch: currentTarget.checked ? true : undefined })}
        />
      )}
      <Checkbox
        label={t('wish.fresh')}
        description={t('wish.freshNote')}
        checked={wish.fresh === true}
        onChange={({ currentTarget }) => set({ fresh: currentTarget.checked ? true : undefined })}
      />
    </Stack>
  );
}
