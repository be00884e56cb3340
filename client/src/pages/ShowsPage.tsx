import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { calendarPath } from '../api/catalogue.ts';
import { useWholeList } from '../api/show-lists.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { EmptyCatalogue } from '../components/shows/EmptyCatalogue.tsx';
import { FilterBar } from '../components/shows/FilterBar.tsx';
import { NightList } from '../components/shows/NightList.tsx';
import { SubscribeButton } from '../components/shows/SubscribeButton.tsx';
import classes from '../components/shows/Shows.module.css';
import { useNow } from '../components/shows/use-now.ts';
import { useShowFilter, type FilterInUse } from '../components/shows/use-show-filter.ts';

const CalendarView = lazy(() => import('../components/shows/CalendarView.tsx'));

/** The published shows, as a list by night or as a calendar. */
export default function ShowsPage({ view }: { view: 'list' | 'calendar' }) {
  const { t } = useTranslation('shows');
  const inUse = useShowFilter();
  const list = useWholeList(inUse.filter);
  const nowMs = useNow();
  const isEmpty = !list.isPending && list.error === null && list.total === 0;
  const isNothingListed = isEmpty && !inUse.isFiltered && !list.isStale;
  return (
    <>
      <PageHeading
        title={view === 'list' ? t('title') : t('calendar')}
        lead={
          isNothingListed ? undefined : (
            <>
              {t('lead')}{' '}
              <Anchor component={Link} to="/submit" underline="always">
                {t('leadLink')}
              </Anchor>
            </>
          )
        }
      >
        {!isNothingListed && (
          <Group gap="sm">
            <nav className={classes.views} aria-label={t('view.label')}>
              <NavLink to={{ pathname: '/', search: inUse.search }} end>
                {t('view.list')}
              </NavLink>
              <NavLink to={{ pathname: '/calendar', search: inUse.search }}>{t('view.calendar')}</NavLink>
            </nav>
            <SubscribeButton
              path={calendarPath(inUse.filter)}
              label={t('subscribe.label')}
              title={t('subscribe.title')}
            />
          </Group>
        )}
      </PageHeading>
      {isNothingListed ? (
        <EmptyCatalogue />
      ) : (
        <>
          <FilterBar inUse={inUse} shows={list.shows} hasNights={view === 'list'} nowMs={nowMs} />
          {list.error !== null && <ProblemNotice error={list.error} onRetry={list.retry} />}
          {list.isPending && <PageLoading />}
          <p className="visually-hidden" role="status">
            {!list.isPending && t('count', { count: list.total })}
          </p>
          {isEmpty && <NothingFits inUse={inUse} />}
          {!isEmpty && !list.isPending && view === 'list' && <NightList list={list} nowMs={nowMs} day={inUse.day} />}
          {!list.isPending && view === 'calendar' && (
            <Suspense fallback={<PageLoading />}>
              <CalendarView list={list} nowMs={nowMs} day={inUse.day} />
            </Suspense>
          )}
        </>
      )}
    </>
  );
}

function NothingFits({ inUse }: { inUse: FilterInUse }) {
  const { t } = useTranslation('shows');
  return (
    <Stack align="flex-start" gap="xs" py="lg">
      <Title order={2} size="h3">
        {t('none.title')}
      </Title>
      <Text c="dimmed">{t('none.text')}</Text>
      <Button variant="default" size="md" mih={44} onClick={inUse.clear}>
        {t('filter.clear')}
      </Button>
    </Stack>
  );
}
