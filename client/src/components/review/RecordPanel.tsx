import { ActionIcon, Button, Group, Kbd, Menu, Stack, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowsJoin, IconArrowsSplit, IconDots } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldInput } from './FieldInput.tsx';
import { FieldRow } from './FieldRow.tsx';
import { ConcernSigns, DecisionSign } from './ItemSigns.tsx';
import { FIELD_GROUPS, type FieldGroup } from './record-fields.ts';
import { REVIEW_KEYS } from './review-keys.ts';
import { concernsOf } from './review-order.ts';
import { ScheduleSummary } from './ScheduleSummary.tsx';
import { SuggestionNote } from './SuggestionNote.tsx';
import type { ReviewDesk } from './use-review-desk.ts';
import classes from './Review.module.css';

const GROUPS: readonly FieldGroup[] = ['venue', 'schedule', 'host', 'show'];

/** What one show would be listed as: to look at, to choose, to edit, and to decide on. */
export function RecordPanel(props: {
  desk: ReviewDesk;
  isReshaped: boolean;
  onMerge: () => void;
  onSplit: () => void;
}) {
  const { desk, isReshaped, onMerge, onSplit } = props;
  const { t } = useTranslation('review');
  const form = useRef<HTMLFormElement>(null);
  const { item, facts, isEditing } = desk;
  useWindowEvent('keydown', (event) => {
    const isHere = event.target instanceof Node && form.current?.contains(event.target) === true;
    if (event.key !== 'Escape' || !isEditing || !isHere) return;
    event.preventDefault();
    desk.discard();
  });
  const fieldInFocus = desk.field;
  useEffect(() => {
    if (!isEditing) return;
    const fields = form.current;
    const wanted = fields?.querySelector<HTMLElement>(`[name="${fieldInFocus}"]`) ?? fields?.querySelector('input');
    wanted?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when editing begins; later the person moves the focus
  }, [isEditing]);
  if (item === null || facts === null) return null;
  return (
    <form
      ref={form}
      className={classes.column}
      aria-label={t('fields.label')}
      data-typing={isEditing || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        desk.act('accept');
      }}
    >
      <div className={classes.bar}>
        <Stack gap={2} flex={1} miw={0}>
          <Group gap="xs">
            <Text fw={680} component="h2" size="md">
              {desk.title(item)}
            </Text>
            <span className="edge-print">{t(`kind.${item.kind}`)}</span>
            <Text span size="xs" fw={600}>
              <DecisionSign item={item} />
            </Text>
          </Group>
          <Group gap="4px 12px" fz="xs" fw={600}>
            {concernsOf(item).length === 0 ? (
              <Text size="xs" c="dimmed">
                {t('concern.none')}
              </Text>
            ) : (
              <ConcernSigns item={item} />
            )}
          </Group>
        </Stack>
        {desk.isOpen && item.record !== null && (
          <MoreMenu onMerge={onMerge} onSplit={onSplit} onTakeBack={isReshaped ? () => desk.takeBack(item.id) : null} />
        )}
      </div>
      <div className={classes.scroll} key={item.id}>
        <SuggestionNote desk={desk} />
        {GROUPS.map((group) => (
          <fieldset key={`${item.id} ${group}`} className={classes.group}>
            <legend className={`edge-print ${classes.groupName}`}>{t(`fields.groups.${group}`)}</legend>
            {group === 'schedule' && (
              <div style={{ padding: '0 8px 8px' }}>
                <ScheduleSummary desk={desk} />
              </div>
            )}
            <Stack gap={isEditing ? 8 : 0} px={isEditing ? 8 : 0} pb={4}>
              {FIELD_GROUPS[group].map((path) =>
                isEditing ? (
                  <FieldInput key={path} desk={desk} path={path} facts={facts} />
                ) : (
                  <FieldRow key={path} desk={desk} path={path} />
                ),
              )}
            </Stack>
          </fieldset>
        ))}
      </div>
      <Decisions desk={desk} />
    </form>
  );
}

function MoreMenu(props: { onMerge: () => void; onSplit: () => void; onTakeBack: (() => void) | null }) {
  const { onMerge, onSplit, onTakeBack } = props;
  const { t } = useTranslation('review');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('action.more')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowsJoin size={16} aria-hidden />} onClick={onMerge}>
          {t('action.merge')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsSplit size={16} aria-hidden />} onClick={onSplit}>
          {t('action.split')}
        </Menu.Item>
        {onTakeBack !== null && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={onTakeBack}>
            {t('action.unmerge')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same as the keys do, for hands without them. */
function Decisions({ desk }: { desk: ReviewDesk }) {
  const { t } = useTranslation('review');
  const { item, facts } = desk;
  if (!desk.isOpen || item === null || facts === null) return null;
  const isDirty = desk.unsaved.length > 0;
  const isNotSeen = item.kind === 'notSeen';
  const keyed = (key: string) => <Kbd size="xs" visibleFrom="md" aria-hidden>{key}</Kbd>; // prettier-ignore
  return (
    <Group className={classes.foot} gap="xs">
      <Button type="submit" rightSection={keyed(REVIEW_KEYS.accept)}>
        {isDirty ? t('action.acceptChanged') : isNotSeen ? t('action.keepListed') : t('action.accept')}
      </Button>
      {isNotSeen && !isDirty && facts.status === 'scheduled' && (
        <Button variant="default" onClick={() => desk.acceptAs({ ...facts, status: 'cancelled' })}>
          {t('action.cancelShow')}
        </Button>
      )}
      {isDirty || desk.isEditing ? (
        <Button variant="default" onClick={desk.discard}>
          {t('action.discard')}
        </Button>
      ) : (
        <Button variant="default" rightSection={keyed(REVIEW_KEYS.edit)} onClick={() => desk.act('edit')}>
          {t('action.edit')}
        </Button>
      )}
      {!isNotSeen && !desk.isEditing && (
        <Button variant="default" rightSection={keyed(REVIEW_KEYS.skip)} onClick={() => desk.act('skip')}>
          {t('action.skip')}
        </Button>
      )}
      <Button
        variant="subtle"
        color="gray"
        c="var(--mantine-color-text)"
        disabled={!desk.canUndo}
        // On a phone there is no room for what cannot be pressed.
        {...(!desk.canUndo && { visibleFrom: 'md' })}
        rightSection={keyed(REVIEW_KEYS.undo)}
        onClick={() => desk.act('undo')}
      >
        {t('action.undo')}
      </Button>
    </Group>
  );
}
