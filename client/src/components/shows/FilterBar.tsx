import { Button, Chip, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedShow } from '../../../../src/contract/catalogue.ts';
import { useCities, type City } from '../../api/show-lists.ts';
import { addDays, weekdayOf } from './dates.ts';
import { useShowWords } from './show-words.ts';
import classes from './Shows.module.css';
import type { FilterInUse } from './use-show-filter.ts';
import { clockIn } from './zone-clock.ts';

/** Hours at which shows begin. */
const TIMES = ['17:00', '18:00', '19:00', '20:00', '21:00', '22:00', '23:00', '00:00', '01:00'];
const TYPING_MS = 300;
const ALL = '';

/** Which shows: words, town, time, and the nights of the week from tonight on. */
export function FilterBar({
  inUse,
  shows,
  hasNights,
  nowMs,
}: {
  inUse: FilterInUse;
  shows: readonly ListedShow[];
  hasNights: boolean;
  nowMs: number;
}) {
  const { t } = useTranslation('shows');
  const { filter, change } = inUse;
  const cities = useCities();
  const words = useShowWords();
  return (
    <Stack gap="sm" mb="xl" component="search" aria-label={t('filter.label')}>
      <div className={classes.filters}>
        <SearchField inUse={inUse} />
        <NativeSelect
          label={t('filter.city')}
          size="md"
          classNames={{ input: classes.field }}
          value={cityKey({ city: filter.city ?? '', state: filter.state ?? null })}
          onChange={({ currentTarget }) => {
            const [city = '', state = ''] = currentTarget.value.split('|');
            change({ city, state });
          }}
        >
          <option value={cityKey({ city: '', state: null })}>{t('filter.anyCity')}</option>
          {withChosen(cities.data ?? [], filter).map((city) => (
            <option key={cityKey(city)} value={cityKey(city)}>
              {city.state === null ? city.city : `${city.city}, ${city.state}`}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          label={t('filter.time')}
          size="md"
          classNames={{ input: classes.field }}
          value={filter.time ?? ALL}
          onChange={({ currentTarget }) => change({ time: currentTarget.value })}
        >
          <option value={ALL}>{t('filter.anyTime')}</option>
          {[...new Set([...TIMES, ...(filter.time ? [filter.time] : [])])].map((time) => (
            <option key={time} value={time}>
              {words.time(time)}
            </option>
          ))}
        </NativeSelect>
      </div>
      {hasNights && <NightChips inUse={inUse} nowMs={nowMs} />}
      <GivenFilters inUse={inUse} shows={shows} />
    </Stack>
  );
}

function SearchField({ inUse: { filter, change } }: { inUse: FilterInUse }) {
  const { t } = useTranslation('shows');
  const [typed, setTyped] = useState(filter.q ?? '');
  const send = useDebouncedCallback((q: string) => change({ q: q.trim() }, { replace: true }), TYPING_MS);
  const [asked, setAsked] = useState(filter.q);
  // Back, or a filter that was taken away elsewhere.
  if (asked !== filter.q) {
    setAsked(filter.q);
    if (typed.trim() !== (filter.q ?? '')) setTyped(filter.q ?? '');
  }
  return (
    <TextInput
      type="search"
      size="md"
      classNames={{ input: classes.field }}
      label={t('filter.search')}
      placeholder={t('filter.searchHint')}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        send(currentTarget.value);
      }}
    />
  );
}

function NightChips({ inUse: { filter, day, change }, nowMs }: { inUse: FilterInUse; nowMs: number }) {
  const { t } = useTranslation('shows');
  const words = useShowWords();
  const { date: today } = clockIn(null, nowMs);
  const nights = Array.from({ length: 7 }, (_, ahead) => addDays(today, ahead));
  return (
    <Chip.Group value={day ?? (filter.day === undefined ? ALL : null)} onChange={(value) => change({ day: value })}>
      <div className={classes.nights} role="group" aria-label={t('filter.night')}>
        <Chip value={ALL} size="md" classNames={{ label: classes.chip }}>
          {t('filter.anyNight')}
        </Chip>
        {nights.map((date, ahead) => (
          <Chip key={date} value={weekdayOf(date)} size="md" classNames={{ label: classes.chip }}>
            {ahead === 0 ? t('filter.tonight') : words.shortDate(date)}
          </Chip>
        ))}
      </div>
    </Chip.Group>
  );
}

/** Filters that no field above shows: one venue, one host. */
function GivenFilters({ inUse: { filter, change }, shows }: { inUse: FilterInUse; shows: readonly ListedShow[] }) {
  const { t } = useTranslation('shows');
  const [first] = shows;
  const given = [
    filter.venue !== undefined && { name: 'venue' as const, label: first?.venue.name ?? t('filter.venue') },
    filter.host !== undefined && {
      name: 'host' as const,
      label: first?.host.name ?? first?.host.company ?? t('filter.host'),
    },
  ].filter((each) => each !== false);
  if (given.length === 0) return null;
  return (
    <div className={classes.given}>
      {given.map(({ name, label }) => (
        <Button
          key={name}
          variant="default"
          rightSection={<IconX size={16} aria-hidden />}
          aria-label={t('filter.remove', { name: label })}
          onClick={() => change({ [name]: null })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

const cityKey = ({ city, state }: Pick<City, 'city' | 'state'>): string => `${city}|${state ?? ''}`;

/** A town out of an address may be one that has no show any more: it is still what is asked for. */
function withChosen(cities: readonly City[], { city, state }: { city?: string; state?: string }): City[] {
  const isThere = cities.some((each) => each.city === city && (each.state ?? '') === (state ?? ''));
  return city === undefined || isThere ? [...cities] : [...cities, { city, state: state ?? null, shows: 0 }];
}
