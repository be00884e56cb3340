import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Weekday } from '../../../../src/contract/show.ts';
import type { WholeList } from '../../api/show-lists.ts';
import { ShowCard } from './ShowCard.tsx';
import { useShowWords } from './show-words.ts';
import { showsByNight, type NightGroup } from './shows-by-night.ts';
import classes from './Shows.module.css';

/** Cards of one night that are drawn at first: a big city has hundreds a night, and nobody looks at all of them. */
const AT_FIRST = 30;

/** The list, night by night. */
export function NightList({ list, nowMs, day }: { list: WholeList; nowMs: number; day: Weekday | null }) {
  const { t } = useTranslation('shows');
  const groups = useMemo(() => showsByNight(list.shows, nowMs, day), [list.shows, nowMs, day]);
  return (
    <Stack gap={36} style={{ opacity: list.isStale ? 0.6 : 1 }} aria-busy={list.isStale}>
      {groups.map((group) => (
        <Group key={group.key} group={group} nowMs={nowMs} />
      ))}
      {list.isCut && (
        <Alert variant="outline" color="gray">
          {t('cut', { count: list.shows.length, total: list.total })}
        </Alert>
      )}
    </Stack>
  );
}

function Group({ group: { key, entries }, nowMs }: { group: NightGroup; nowMs: number }) {
  const { t } = useTranslation('shows');
  const words = useShowWords();
  const [drawn, setDrawn] = useState(AT_FIRST);
  const date = typeof key === 'number' ? (entries[0]?.night?.date ?? null) : null;
  const id = `night-${key}`;
  return (
    <section className={classes.group} aria-labelledby={id}>
      <div className={classes.night}>
        <h2 id={id}>{useHeading(key, date)}</h2>
        {(key === 0 || key === 1) && date !== null && <span className={classes.date}>{words.date(date)}</span>}
        <span className={`${classes.amount} edge-print`}>{t('count', { count: entries.length })}</span>
      </div>
      {key === 'unknown' && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('group.unknownNote')}
        </Text>
      )}
      <ul className={classes.cards}>
        {entries.slice(0, drawn).map((entry) => (
          <ShowCard key={`${entry.show.id}/${entry.night?.date ?? ''}`} entry={entry} nowMs={nowMs} />
        ))}
      </ul>
      {entries.length > drawn && (
        <Button variant="default" mt="sm" onClick={() => setDrawn((before) => before + 3 * AT_FIRST)}>
          {t('more', { count: Math.min(3 * AT_FIRST, entries.length - drawn) })}
        </Button>
      )}
    </section>
  );
}

function useHeading(key: NightGroup['key'], date: string | null): string {
  const { t } = useTranslation('shows');
  const words = useShowWords();
  if (key === 0) return t('group.tonight');
  if (key === 1) return t('group.tomorrow');
  if (typeof key === 'number') return capital(words.date(date ?? ''));
  return t(`group.${key}`);
}

/** Days begin with a small letter in Spanish, headings do not. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
