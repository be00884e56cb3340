import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { queryKeys } from '../api/query-keys.ts';
import { useRun, useRunImages } from '../api/runs.ts';
import { submissionPath, takeToken, useSubmission, useSuggestions } from '../api/submissions.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ConnectionNotice } from '../components/ConnectionNotice.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { FailedImages } from '../components/submit/FailedImages.tsx';
import { FoundShow } from '../components/submit/FoundShow.tsx';
import { ReadingProgress } from '../components/submit/ReadingProgress.tsx';
import { StatusLink } from '../components/submit/StatusLink.tsx';
import classes from '../components/submit/Submit.module.css';
import { followRun, useParserStore } from '../stores/ParserStore.ts';

/** What became of what a visitor sent: how far it is read, what was found, whether it is listed. */
export default function SubmissionPage() {
  const { id = '' } = useParams();
  const { hash } = useLocation();
  return <Shown key={`${id}${hash}`} runId={id} hash={hash} />;
}

function Shown({ runId, hash }: { runId: string; hash: string }) {
  // Before anything is asked with it.
  useState(() => takeToken(runId, hash));
  const { t } = useTranslation('submit');
  const run = useRun(runId, { isWatched: true });
  const submission = useSubmission(runId);
  const state = submission.data?.state;
  const isRead = state !== undefined && state !== 'reading';
  const images = useRunImages(runId);
  const suggestions = useSuggestions(runId, { isAsked: isRead && state !== 'failed' });
  const live = useLive(runId, !isRead);
  useOwnAddress(runId);
  if (run.error !== null && run.data === undefined) {
    return (
      <Stack align="flex-start">
        <PageHeading title={t('gone.title')} lead={t('gone.text')} />
        <ProblemNotice error={run.error} onRetry={() => void run.refetch()} />
        <Button component={Link} to="/submit" mih={44}>
          {t('again')}
        </Button>
      </Stack>
    );
  }
  if (run.data === undefined || submission.data === undefined || state === undefined) return <PageLoading />;
  const shows = isRead ? run.data.shows : [...live.shows.values()];
  return (
    <Stack gap="lg" maw={1040}>
      <PageHeading title={t(`state.${state}.title`)} lead={t(`state.${state}.text`)} />
      {!isRead && <ConnectionNotice isLost={live.connection === 'lost'} />}
      {!isRead && <ReadingProgress progress={live.progress ?? run.data.progress} shows={shows.length} />}
      {isRead && run.data.notices.length > 0 && state === 'failed' && (
        <Alert color="red" variant="outline">
          {run.data.notices.join(' ')}
        </Alert>
      )}
      {shows.length > 0 && (
        <section aria-labelledby="found">
          <Text component="h2" id="found" fw={650} mb={4}>
            {t('found', { count: shows.length })}
          </Text>
          {state === 'pending' && (
            <Text size="sm" c="dimmed" mb="sm">
              {t('foundText')}
            </Text>
          )}
          <div className={classes.cards}>
            {shows.map((show) => (
              <FoundShow
                key={show.id}
                runId={runId}
                show={show}
                listedAs={run.data.alreadyListed?.find(({ recordId }) => recordId === show.id)?.showId ?? null}
                suggestion={suggestions.data?.find(({ recordId }) => recordId === show.id) ?? null}
                fate={
                  state === 'published' || state === 'declined'
                    ? (submission.data.shows.find(({ recordId }) => recordId === show.id) ?? null)
                    : null
                }
                isOpen={state === 'pending'}
              />
            ))}
          </div>
        </section>
      )}
      {isRead && shows.length === 0 && state !== 'failed' && (
        <Alert variant="outline" color="gray" title={t('nothing.title')}>
          {t('nothing.text')}
        </Alert>
      )}
      {isRead && <FailedImages images={(images.data?.images ?? []).filter((image) => image.state === 'failed')} />}
      <StatusLink runId={runId} />
      <div>
        <Button component={Link} to="/submit" variant={isRead ? 'filled' : 'default'} mih={44}>
          {t('again')}
        </Button>
      </div>
    </Stack>
  );
}

/** Follows the run while it is read; at its end, what is known of it is asked anew. */
function useLive(runId: string, isFollowed: boolean) {
  const client = useQueryClient();
  useEffect(() => (isFollowed ? followRun(runId) : undefined), [runId, isFollowed]);
  const ends = useParserStore((state) => (state.runId === runId ? state.ends : 0));
  useEffect(() => {
    if (ends > 0) void client.invalidateQueries({ queryKey: queryKeys.run(runId) });
  }, [ends, client, runId]);
  return useParserStore();
}

/** The address in the browser's bar is the one to keep, wherever one came from. */
function useOwnAddress(runId: string): void {
  const navigate = useNavigate();
  const { hash } = useLocation();
  useEffect(() => {
    const path = submissionPath(runId);
    if (hash === '' && path.includes('#')) void navigate(path, { replace: true });
  }, [runId, hash, navigate]);
}
