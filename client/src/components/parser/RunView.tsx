import { Alert, Paper, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionNotice } from '../ConnectionNotice.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import type { Product } from '../../../../src/contract/product.ts';
import type { PosterRecord } from '../../../../src/contract/poster.ts';
import type { Recipe } from '../../../../src/contract/recipe.ts';
import type { StyleRecord } from '../../../../src/contract/style.ts';
import { RecipesView } from '../recipes/RecipesView.tsx';
import { ProductsView } from '../records/ProductsView.tsx';
import { PostersView } from '../records/PostersView.tsx';
import { StylesView } from '../records/StylesView.tsx';
import { ContactSheet } from '../sheet/ContactSheet.tsx';
import { FailureList } from './FailureList.tsx';
import { FoundShows } from './FoundShows.tsx';
import { RunControls } from './RunControls.tsx';
import { RunFigures } from './RunFigures.tsx';
import { runFrames } from './run-frames.ts';
import { RunProgress } from './RunProgress.tsx';
import { useLiveRun } from './use-live-run.ts';
import classes from './Panels.module.css';

interface RunViewProps {
  runId: string;
  /** Images of the pile that the run is from; null where that is not known. */
  pileSize: number | null;
  /** Back to the pile, to read all of it. */
  onPile: (() => void) | null;
}

/** A run from its first image to its last: every image a frame, every show as it is found. */
export function RunView({ runId, pileSize, onPile }: RunViewProps) {
  const { t } = useTranslation('parser');
  const { run, images, progress, shows, records, isOver, isLost, error } = useLiveRun(runId);
  const frames = useMemo(() => runFrames(images), [images]);
  if (run === undefined) return error ? <ProblemNotice error={error} /> : null;
  const isOfBoxes = images.some(({ crop }) => crop !== null);
  // Boxes are many in an image: what was tried is told by the images that they are in.
  const imagesRead = isOfBoxes ? new Set(images.map(({ imageId }) => imageId)).size : run.progress.totalImages;
  const isPart = pileSize !== null && pileSize > imagesRead;
  const failures = <FailureList runId={runId} images={images} isOver={isOver} />;
  return (
    <Stack gap="lg">
      <ConnectionNotice isLost={isLost} />
      {error !== null && error !== undefined && !isLost && <ProblemNotice error={error} />}
      <Paper p="lg" className={classes.panel} component="section" aria-label={t('run.label')}>
        <Stack gap="md">
          <RunProgress run={run} progress={progress ?? run.progress} isOfBoxes={isOfBoxes} />
          <RunFigures run={run} progress={progress ?? run.progress} isOver={isOver} />
          <RunControls run={run} onPile={isPart ? onPile : null} />
        </Stack>
      </Paper>
      {run.notices.length > 0 && (
        <Alert variant="outline" color="var(--notice)" title={t('run.notices')}>
          {run.notices.map((notice) => (
            <Text key={notice} size="sm">
              {notice}
            </Text>
          ))}
        </Alert>
      )}
      {run.analysis === 'products' && (
        <ProductsView products={records as readonly Product[]} images={images} isOver={isOver}>
          {failures}
        </ProductsView>
      )}
      {run.analysis === 'styles' && (
        <>
          {failures}
          <StylesView records={records as readonly StyleRecord[]} images={images} isOver={isOver} />
          <ContactSheet frames={frames} label={t('sheet.run')} />
        </>
      )}
      {run.analysis === 'posters' && (
        <>
          {failures}
          <PostersView posters={records as readonly PosterRecord[]} images={images} isOver={isOver} />
          <ContactSheet frames={frames} label={t('sheet.run')} />
        </>
      )}
      {run.analysis === 'recipes' && (
        <>
          {failures}
          <RecipesView run={run} recipe={(records as readonly Recipe[])[0]} images={images} isOver={isOver} />
        </>
      )}
      {run.analysis === 'shows' && (
        <div className={classes.columns}>
          {/* It scrolls by itself, so the keyboard must be able to stop there. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={classes.side} role="region" aria-label={t('found.title')} tabIndex={0}>
            <FoundShows shows={shows} isOver={isOver} alreadyListed={run.alreadyListed ?? []} />
          </div>
          <Stack gap="lg">
            {failures}
            <ContactSheet frames={frames} label={t('sheet.run')} />
          </Stack>
        </div>
      )}
    </Stack>
  );
}
