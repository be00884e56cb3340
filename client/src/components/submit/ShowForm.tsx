import { Button, Chip, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WEEKDAYS, type ShowFacts, type Weekday } from '../../../../src/contract/show.ts';
import { correctionOf, draftOf, type ShowDraft } from './show-draft.ts';
import type { Correction } from '../../api/submissions.ts';
import type { NeededField } from './missing-fields.ts';
import classes from './Submit.module.css';

interface ShowFormProps {
  show: ShowFacts;
  missing: readonly NeededField[];
  isSending: boolean;
  /** Null where nothing was changed. */
  onSend: (correction: Correction | null) => void;
  onCancel: () => void;
}

type TextField = Exclude<keyof ShowDraft, 'days'>;

/** A show as it should be. What people need to get there and is missing is marked. */
export function ShowForm({ show, missing, isSending, onSend, onCancel }: ShowFormProps) {
  const { t } = useTranslation('submit');
  const { t: tCommon } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(show));
  const nightsId = useId();
  const field = (name: TextField, label: string, needed?: NeededField) => ({
    label,
    size: 'md' as const,
    maxLength: 500,
    classNames: { input: classes.field },
    value: draft[name],
    ...(needed !== undefined && missing.includes(needed) && { description: t('missing.here') }),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setDraft((before) => ({ ...before, [name]: value })),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(correctionOf(show, draft));
      }}
    >
      <Stack gap="sm">
        <TextInput {...field('venue', tCommon('field.venue.name'), 'venue')} data-autofocus />
        <TextInput {...field('address', tCommon('field.venue.address'))} />
        <div className={classes.two}>
          <TextInput {...field('city', tCommon('field.venue.city'), 'city')} />
          <TextInput {...field('state', tCommon('field.venue.state'))} />
        </div>
        <div role="group" aria-labelledby={nightsId}>
          <span id={nightsId} style={{ fontWeight: 500 }}>
            {tCommon('field.schedule.days')}
          </span>
          {missing.includes('night') && <div className={classes.dim}>{t('missing.here')}</div>}
          <Chip.Group
            multiple
            value={draft.days}
            onChange={(days: string[]) => setDraft((before) => ({ ...before, days: days as Weekday[] }))}
          >
            <Group gap={6} mt={6}>
              {WEEKDAYS.map((day) => (
                <Chip key={day} value={day} classNames={{ label: classes.chip }}>
                  {tCommon(`day.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
        <div className={classes.two}>
          <TextInput type="time" {...field('startTime', tCommon('field.schedule.startTime'), 'time')} />
          <TextInput type="time" {...field('endTime', tCommon('field.schedule.endTime'))} />
        </div>
        <div className={classes.two}>
          <TextInput {...field('host', tCommon('field.host.name'))} />
          <TextInput {...field('company', tCommon('field.host.company'))} />
        </div>
        <TextInput {...field('name', tCommon('field.name'))} />
        <Textarea {...field('notes', tCommon('field.notes'))} autosize minRows={2} classNames={{}} />
        <Group gap="sm">
          <Button type="submit" mih={44} loading={isSending}>
            {t('card.send')}
          </Button>
          <Button variant="default" mih={44} onClick={onCancel}>
            {tCommon('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
