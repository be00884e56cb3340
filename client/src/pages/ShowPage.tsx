import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconCamera } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { calendarPath, useShow } from '../api/catalogue.ts';
import { useWholeList } from '../api/show-lists.ts';
import type { ListedShowDetail } from '../../../src/contract/catalogue.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { NextNights } from '../components/shows/NextNights.tsx';
import { ShareButton } from '../components/shows/ShareButton.tsx';
import { ShowCard } from '../components/shows/ShowCard.tsx';
import { ShowEvidence } from '../components/shows/ShowEvidence.tsx';
import { ShowFactsPanel } from '../components/shows/ShowFactsPanel.tsx';
import { SubscribeButton } from '../components/shows/SubscribeButton.tsx';
import { nightsAhead } from '../components/shows/nights.ts';
import { titleOf, whereOf } from '../components/shows/show-words.ts';
import { useNow } from '../components/shows/use-now.ts';
import detail from '../components/shows/ShowDetail.module.css';
import classes from '../components/shows/Shows.module.css';

/** One published show. */
export default function ShowPage() {
  const { t } = useTranslation('shows');
  const { id = '' } = useParams();
  const { data: show, error, isPending, refetch } = useShow(id);
  if (isPending) return <PageLoading />;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Stack align="flex-start">
        <PageHeading title={t('show.gone.title')} lead={t('show.gone.text')} />
        <BackLink />
      </Stack>
    );
  }
  if (show === undefined) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return <Shown show={show} />;
}

function Shown({ show }: { show: ListedShowDetail }) {
  const { t } = useTranslation('shows');
  const { t: tCommon } = useTranslation();
  const nowMs = useNow();
  const { venue, schedule } = show;
  const title = titleOf(show) ?? tCommon('unknownVenue');
  const where = whereOf(venue);
  const [day] = schedule.days;
  return (
    <>
      <BackLink />
      <PageHeading
        title={title}
        lead={[show.name !== null && venue.name !== null ? venue.name : null, where].filter(Boolean).join(' · ')}
      >
        <Group gap="sm">
          <SubscribeButton
            path={calendarPath({ venue: venue.id, ...(day && { day: schedule.days.join(',') }) })}
            label={t('show.ical')}
            title={t('show.ical')}
          />
          <ShareButton title={title} />
        </Group>
      </PageHeading>
      <div className={detail.columns}>
        <Stack gap="lg">
          <ShowFactsPanel show={show} />
          <OtherShows show={show} nowMs={nowMs} />
        </Stack>
        <Stack gap="lg">
          <section className={detail.panel} aria-labelledby="next-nights">
            <h2 id="next-nights">{t('show.nextNights')}</h2>
            <NextNights schedule={schedule} nowMs={nowMs} />
          </section>
          <ShowEvidence show={show} />
          <section className={detail.panel}>
            <Text size="sm">{t('show.wrong')}</Text>
            <Button
              component={Link}
              to="/submit"
              variant="default"
              mih={44}
              mt="xs"
              className={detail.long}
              leftSection={<IconCamera size={18} aria-hidden />}
            >
              {t('show.wrongLink')}
            </Button>
          </section>
          <Anchor size="sm" href={`/api/shows/${encodeURIComponent(show.id)}.jsonld`} c="dimmed" underline="always">
            {t('show.jsonld')}
          </Anchor>
        </Stack>
      </div>
    </>
  );
}

function OtherShows({ show: { id, venue }, nowMs }: { show: ListedShowDetail; nowMs: number }) {
  const { t } = useTranslation('shows');
  const { shows } = useWholeList({ venue: venue.id });
  const others = shows.filter((show) => show.id !== id && show.venue.id === venue.id);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <div className={classes.night}>
        <h2 id="others">{t('show.others')}</h2>
      </div>
      <ul className={classes.cards}>
        {others.map((show) => (
          <ShowCard
            key={show.id}
            entry={{ show, night: nightsAhead(show.schedule, nowMs, 7)[0] ?? null, isNext: false }}
            nowMs={nowMs}
          />
        ))}
      </ul>
    </section>
  );
}

function BackLink() {
  const { t } = useTranslation('shows');
  return (
    <Button
      component={Link}
      to="/"
      variant="subtle"
      mih={44}
      color="gray"
      c="inherit"
      ml={-12}
      mb="xs"
      leftSection={<IconArrowLeft size={18} aria-hidden />}
    >
      {t('show.back')}
    </Button>
  );
}
