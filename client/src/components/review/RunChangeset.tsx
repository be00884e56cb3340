import type { Changeset } from '../../../../src/contract/catalogue.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { useChangeset, useChangesetOfRun } from '../../api/changesets.ts';
import { useReshaped } from '../../api/audit.ts';
import { useRunImages } from '../../api/runs.ts';
import { PageLoading } from '../../app/PageLoading.tsx';
import { ChangesetView } from '../changeset/ChangesetView.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { ReviewDeskView } from './ReviewDeskView.tsx';
import { useReviewDesk } from './use-review-desk.ts';

export type ReviewView = 'review' | 'changes';

interface Shown {
  view: ReviewView;
  onView: (view: ReviewView) => void;
}

/** The changeset of a finished run: at the desk, or as what it would change. */
export function RunChangeset({ runId, ...shown }: Shown & { runId: string }) {
  const of = useChangesetOfRun(runId);
  const changeset = useChangeset(of.data ?? null);
  const images = useRunImages(runId);
  const error = of.error ?? changeset.error;
  if (changeset.data === undefined || images.isPending) {
    if (error === null) return <PageLoading />;
    return <ProblemNotice error={error} onRetry={() => void (of.isError ? of : changeset).refetch()} />;
  }
  return (
    <>
      {images.isError && <ProblemNotice error={images.error} onRetry={() => void images.refetch()} />}
      <ReviewedChangeset {...shown} changeset={changeset.data} images={images.data?.images ?? []} />
    </>
  );
}

/** Both views are of one desk: what is not saved yet, and the way back, are still there after a look at the changes. */
function ReviewedChangeset(props: Shown & { changeset: Changeset; images: readonly RunImage[] }) {
  const { view, onView, changeset, images } = props;
  const desk = useReviewDesk(changeset);
  const reshaped = useReshaped(changeset);
  if (view === 'review') {
    return <ReviewDeskView desk={desk} images={images} reshaped={reshaped} onChanges={() => onView('changes')} />;
  }
  const review = (itemId: string) => {
    desk.goTo(itemId);
    onView('review');
  };
  return <ChangesetView changeset={changeset} onReview={review} />;
}
