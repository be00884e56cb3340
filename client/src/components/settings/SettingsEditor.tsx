import { Button, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_SETTINGS, SETTING_BOUNDS, type Settings } from '../../../../src/contract/settings.ts';
import { useSaveSettings } from '../../api/settings.ts';
import { useFormat } from '../format.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { SettingRow } from './SettingRow.tsx';
import {
  changedSettings,
  formOf,
  settingProblems,
  settingsIn,
  type SettingName,
  type SettingsForm,
} from './settings-form.ts';
import classes from './Settings.module.css';

const { min: LEAST_WORKERS, max: MOST_WORKERS } = SETTING_BOUNDS.maxConcurrentWorkers;
const WORKERS = Array.from({ length: MOST_WORKERS - LEAST_WORKERS + 1 }, (_, at) => String(LEAST_WORKERS + at));

/** All settings, checked as they are typed; what is not saved yet is marked, and not lost without a question. */
export function SettingsEditor({ saved }: { saved: Settings }) {
  const { t } = useTranslation(['settings', 'common']);
  const format = useFormat();
  const save = useSaveSettings();
  const [form, setForm] = useState<SettingsForm>(() => formOf(saved));
  const problems = settingProblems(form);
  const changed = changedSettings(saved, form);
  const isDirty = changed.length > 0;
  useQuestionBeforeLeaving(isDirty);

  const set = (part: Partial<SettingsForm>) => {
    save.reset();
    setForm((all) => ({ ...all, ...part }));
  };
  const errorOf = (name: SettingName): string | null => {
    const problem = problems.get(name);
    if (problem === undefined) return null;
    if (problem.kind === 'money') return t('settings:check.money');
    return t(`settings:check.${problem.kind}`, { min: format.number(problem.min), max: format.number(problem.max) });
  };
  const row = (name: SettingName) => ({ name, isChanged: changed.includes(name) });
  const number = (name: SettingName, value: string, onChange: (typed: string) => void) => (
    <TextInput
      aria-labelledby={`setting-${name}`}
      name={name}
      inputMode="decimal"
      autoComplete="off"
      value={value}
      error={errorOf(name)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isDirty || problems.size > 0) return;
    save.mutate(settingsIn(form), {
      onSuccess: (settings) => {
        setForm(formOf(settings));
        notifications.show({ color: 'var(--good)', message: t('settings:saved') });
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.settings}>
        <SettingRow {...row('processingMode')}>
          <SegmentedControl
            fullWidth
            aria-labelledby="setting-processingMode"
            value={form.processingMode}
            onChange={(processingMode) => set({ processingMode })}
            data={[
              { value: 'parallel', label: t('common:mode.parallel') },
              { value: 'sequential', label: t('common:mode.sequential') },
            ]}
          />
        </SettingRow>
        <SettingRow {...row('maxConcurrentWorkers')}>
          <SegmentedControl
            fullWidth
            aria-labelledby="setting-maxConcurrentWorkers"
            value={form.maxConcurrentWorkers}
            onChange={(maxConcurrentWorkers) => set({ maxConcurrentWorkers })}
            data={WORKERS}
          />
        </SettingRow>
        <SettingRow {...row('maxInFlight')}>
          <Stack gap="xs">
            <Switch
              label={t('settings:automatic')}
              checked={form.maxInFlight.isAuto}
              onChange={({ currentTarget }) =>
                set({ maxInFlight: { ...form.maxInFlight, isAuto: currentTarget.checked } })
              }
            />
            {!form.maxInFlight.isAuto &&
              number('maxInFlight', form.maxInFlight.typed, (typed) => set({ maxInFlight: { isAuto: false, typed } }))}
          </Stack>
        </SettingRow>
        <SettingRow {...row('timeoutSeconds')}>
          {number('timeoutSeconds', form.timeoutSeconds, (timeoutSeconds) => set({ timeoutSeconds }))}
        </SettingRow>
        <SettingRow {...row('maxRetries')}>
          {number('maxRetries', form.maxRetries, (maxRetries) => set({ maxRetries }))}
        </SettingRow>
        <SettingRow {...row('batchSize')}>
          <Stack gap="xs">
            <Switch
              label={t('settings:automatic')}
              checked={form.batchSize.isAuto}
              onChange={({ currentTarget }) => set({ batchSize: { ...form.batchSize, isAuto: currentTarget.checked } })}
            />
            {!form.batchSize.isAuto &&
              number('batchSize', form.batchSize.typed, (typed) => set({ batchSize: { isAuto: false, typed } }))}
          </Stack>
        </SettingRow>
        <SettingRow {...row('isHedging')}>
          <Switch
            label={t('settings:hedgingOn')}
            checked={form.isHedging}
            onChange={({ currentTarget }) => set({ isHedging: currentTarget.checked })}
          />
        </SettingRow>
        <SettingRow {...row('budgetUsd')}>
          <Stack gap="xs">
            <Switch
              label={t('settings:capOn')}
              checked={form.budgetUsd.isCapped}
              onChange={({ currentTarget }) =>
                set({ budgetUsd: { ...form.budgetUsd, isCapped: currentTarget.checked } })
              }
            />
            {form.budgetUsd.isCapped &&
              number('budgetUsd', form.budgetUsd.typed, (typed) => set({ budgetUsd: { isCapped: true, typed } }))}
          </Stack>
        </SettingRow>
      </div>
      {save.isError && <ProblemNotice error={save.error} />}
      {isDirty ? (
        <div className={classes.save} role="region" aria-label={t('settings:unsaved.label')}>
          <Text size="sm" fw={600} flex={1} miw={180} role="status">
            {t('settings:unsaved.count', { count: changed.length })}
            <Text span c="dimmed" fw={400}>
              {' '}
              {changed.map((name) => t(`settings:name.${name}`)).join(', ')}
            </Text>
          </Text>
          <Button variant="default" onClick={() => set(formOf(saved))}>
            {t('settings:unsaved.discard')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={problems.size > 0}>
            {t('common:save')}
          </Button>
        </div>
      ) : (
        <Button
          mt="md"
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          onClick={() => set(formOf(DEFAULT_SETTINGS))}
        >
          {t('settings:defaults')}
        </Button>
      )}
    </form>
  );
}

/** The browser asks before a closed tab takes what is not saved with it. */
function useQuestionBeforeLeaving(isAsked: boolean): void {
  useEffect(() => {
    if (!isAsked) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', ask);
    return () => globalThis.removeEventListener('beforeunload', ask);
  }, [isAsked]);
}
