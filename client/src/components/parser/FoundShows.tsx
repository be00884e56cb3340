import { Badge, Group, Paper, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlreadyListed } from '../../../../src/contract/catalogue.ts';
import type { Show } from '../../../../src/contract/show.ts';
import { useScheduleWords } from '../schedule-words.ts';
import classes from './Panels.module.css';

interface FoundShowsProps {
  shows: readonly Show[];
  isOver: boolean;
  alreadyListed: readonly AlreadyListed[];
}

/** The shows of a run, as they are found. */
export function FoundShows({ shows, isOver, alreadyListed }: FoundShowsProps) {
  const { t } = useTranslation('parser');
  const listed = new Set(alreadyListed.map(({ recordId }) => recordId));
  return (
    <Paper p="lg" className={classes.panel}>
      <Group justify="space-between" mb={shows.length > 0 ? 0 : 'xs'}>
        <Title order={2} size="h4" id="found-title">
          {t('found.title')}
        </Title>
        <Text fw={650} data-figure="shows">
          {shows.length}
        </Text>
      </Group>
      {shows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {isOver ? t('found.none') : t('found.soon')}
        </Text>
      ) : (
        <ol className={classes.shows} aria-labelledby="found-title">
          {shows.map((show) => (
            <FoundShow key={show.id} show={show} isLive={!isOver} isListed={listed.has(show.id)} />
          ))}
        </ol>
      )}
    </Paper>
  );
}

const FoundShow = memo(function FoundShow({
  show,
  isLive,
  isListed,
}: {
  show: Show;
  isLive: boolean;
  isListed: boolean;
}) {
  const { t } = useTranslation('parser');
  const { t: common } = useTranslation();
  const wordsOf = useScheduleWords();
  const { venue, host, schedule, conflicts, evidence, status } = show;
  const place = [venue.address, venue.city, venue.state].filter((word) => word !== null).join(', ');
  return (
    <li className={classes.show} data-new={isLive || undefined}>
      <Text fw={650} lh={1.3}>
        {venue.name ?? common('unknownVenue')}
      </Text>
      <Text size="sm" td={status === 'cancelled' ? 'line-through' : undefined}>
        {wordsOf(schedule)}
      </Text>
      {(place !== '' || host.name !== null) && (
        <Text size="sm" c="dimmed">
          {[place, host.name].filter((word) => word !== null && word !== '').join(' · ')}
        </Text>
      )}
      <Group gap={6} mt={4}>
        <Text size="xs" c="dimmed">
          {t('found.from', { count: evidence.length })}
        </Text>
        {status === 'cancelled' && (
          <Badge size="sm" radius="sm" variant="outline" color="var(--bad)">
            {common('cancelledShow')}
          </Badge>
        )}
        {conflicts.length > 0 && (
          <Badge size="sm" radius="sm" variant="outline" color="var(--notice)">
            {t('found.conflicts', { count: conflicts.length })}
          </Badge>
        )}
        {isListed && (
          <Badge size="sm" radius="sm" variant="outline" color="var(--good)">
            {t('found.listed')}
          </Badge>
        )}
      </Group>
    </li>
  );
});
