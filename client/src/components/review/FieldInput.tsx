import { Chip, Group, Input, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WEEKDAYS, type ShowFacts } from '../../../../src/contract/show.ts';
import { sortedDays, typedValue, valueAt, type FieldPath } from './record-fields.ts';
import type { ReviewDesk } from './use-review-desk.ts';

/** One field of the record being edited; checked as it is typed. */
export function FieldInput({ desk, path, facts }: { desk: ReviewDesk; path: FieldPath; facts: ShowFacts }) {
  const { t } = useTranslation(['review', 'common']);
  const value = valueAt(facts, path);
  const problem = desk.problems.get(path);
  const label = t(`common:field.${path}`);
  const shared = {
    size: 'sm',
    label,
    name: path,
    error: problem === undefined ? null : t(`review:check.${problem}`),
    onFocus: () => desk.look(path),
  } as const;
  const text = {
    ...shared,
    value: typeof value === 'string' ? value : '',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      desk.setValue(path, typedValue(currentTarget.value)),
  };
  if (path === 'status') return <StatusInput desk={desk} facts={facts} label={label} />;
  if (path === 'schedule.days') return <DaysInput desk={desk} facts={facts} label={label} />;
  if (path === 'schedule.exceptDates') {
    return <DatesInput {...shared} desk={desk} dates={facts.schedule.exceptDates} />;
  }
  if (path === 'notes') return <Textarea {...text} autosize minRows={2} maxRows={6} />;
  const hint = HINTS[path];
  return (
    <TextInput
      {...text}
      type={TYPES[path] ?? 'text'}
      {...(hint !== undefined && { description: t(`review:fields.${hint}`), spellCheck: false })}
    />
  );
}

const TYPES: Partial<Record<FieldPath, 'time' | 'date'>> = {
  'schedule.startTime': 'time',
  'schedule.endTime': 'time',
  'schedule.startDate': 'date',
  'schedule.endDate': 'date',
};

const HINTS: Partial<Record<FieldPath, 'timeHint' | 'zoneHint' | 'ruleHint'>> = {
  'schedule.endTime': 'timeHint',
  'schedule.timezone': 'zoneHint',
  'schedule.rrule': 'ruleHint',
};

interface InputProps {
  desk: ReviewDesk;
  facts: ShowFacts;
  label: string;
}

function StatusInput({ desk, facts, label }: InputProps) {
  const { t } = useTranslation('review');
  return (
    <Input.Wrapper label={label} size="sm" labelElement="div">
      <SegmentedControl
        fullWidth
        aria-label={label}
        value={facts.status}
        onChange={(status) => desk.setValue('status', status)}
        data={[
          { value: 'scheduled', label: t('fields.scheduled') },
          { value: 'cancelled', label: t('fields.cancelled') },
        ]}
      />
    </Input.Wrapper>
  );
}

function DaysInput({ desk, facts, label }: InputProps) {
  const { t } = useTranslation(['review', 'common']);
  return (
    <Input.Wrapper label={label} size="sm" labelElement="div" role="group" aria-label={t('review:fields.days')}>
      <Chip.Group
        multiple
        value={facts.schedule.days}
        onChange={(days) => desk.setValue('schedule.days', sortedDays(days))}
      >
        <Group gap={4}>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="xs" variant="outline" color="var(--mantine-color-text)">
              {t(`common:day.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

interface DatesInputProps {
  desk: ReviewDesk;
  dates: readonly string[];
  size: 'sm';
  label: string;
  name: string;
  error: string | null;
  onFocus: () => void;
}

/** Keeps the words as typed: a comma at the end is the start of the next date, not nothing. */
function DatesInput({ desk, dates, ...shared }: DatesInputProps) {
  const { t } = useTranslation('review');
  const [typed, setTyped] = useState(dates.join(', '));
  return (
    <TextInput
      {...shared}
      description={t('fields.exceptHint')}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        desk.setValue(
          'schedule.exceptDates',
          value.split(/[\s,]+/).filter((date) => date !== ''),
        );
      }}
    />
  );
}
