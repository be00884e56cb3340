import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { useRun } from '../api/runs.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { NothingToReview } from '../components/review/NothingToReview.tsx';
import { RunChangeset } from '../components/review/RunChangeset.tsx';

/** What a run says, held against its images, and then against what is listed. */
export default function RunReviewPage() {
  const { t } = useTranslation('review');
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const run = useRun(id, { isWatched: true });
  const isChanges = params.get('view') === 'changes';
  if (run.isPending) return <PageLoading />;
  if (run.isError && run.data === undefined) {
    const isUnknown = run.error instanceof ApiError && run.error.status === 404;
    return (
      <>
        <PageHeading title={isUnknown ? t('state.notThere') : t('title')} />
        <Stack align="flex-start">
          <ProblemNotice error={run.error} {...(!isUnknown && { onRetry: () => void run.refetch() })} />
          <Button component={Link} to="/admin/runs" variant="default">
            {t('state.toRuns')}
          </Button>
        </Stack>
      </>
    );
  }
  const { analysis, state, progress, shows, model } = run.data;
  const canReview = state === 'completed' && analysis === 'shows';
  const lead = t('lead', {
    shows: t('shows', { count: shows.length }),
    images: t('images', { count: progress.totalImages }),
    model,
  });
  return (
    <>
      <PageHeading title={t('title')} {...(canReview && { lead })}>
        {canReview && (
          <SegmentedControl
            aria-label={t('views.label')}
            value={isChanges ? 'changes' : 'review'}
            onChange={(view) => setParams(view === 'changes' ? { view } : {}, { replace: true })}
            data={[
              { value: 'review', label: t('views.review') },
              { value: 'changes', label: t('views.changes') },
            ]}
          />
        )}
      </PageHeading>
      {canReview ? (
        <RunChangeset
          key={id}
          runId={id}
          view={isChanges ? 'changes' : 'review'}
          onView={(view) => setParams(view === 'changes' ? { view } : {})}
        />
      ) : (
        <NothingToReview run={run.data} />
      )}
    </>
  );
}
