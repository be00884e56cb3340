import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchProgress, RunResult } from '../../../../src/contract/run.ts';
import { useParserStore } from '../../stores/ParserStore.ts';
import { useFormat } from '../format.ts';
import classes from './Panels.module.css';

interface RunFiguresProps {
  run: RunResult;
  progress: BatchProgress;
  isOver: boolean;
}

/** The figures of a run, from the first image on. */
export function RunFigures({ run, progress, isOver }: RunFiguresProps) {
  const { t } = useTranslation('parser');
  const format = useFormat();
  const { metrics } = run;
  const { processedImages, remainingImages, failedImages, currentBatch, totalBatches } = progress;
  const isMoving = run.state === 'running';
  return (
    <dl className={classes.figures}>
      <Figure label={t('figures.processed')} id="processed">
        {format.number(processedImages)}
      </Figure>
      <Figure label={t('figures.remaining')} id="remaining">
        {format.number(remainingImages)}
      </Figure>
      <Figure label={t('figures.failed')} id="failed" isBad={failedImages > 0}>
        {format.number(failedImages)}
      </Figure>
      {!isOver && totalBatches > 0 && (
        <Figure label={t('figures.batch')} id="batch">
          {t('figures.of', { part: currentBatch, whole: totalBatches })}
        </Figure>
      )}
      <Figure label={t('figures.average')} id="average">
        {processedImages > 0 ? format.duration(progress.averageTimePerImage) : '–'}
      </Figure>
      {isOver ? (
        <Figure label={t('figures.took')} id="took">
          {format.duration(metrics.wallMs)}
        </Figure>
      ) : (
        <Figure label={t(progress.timeRemainingIsAtLeast ? 'figures.leftAtLeast' : 'figures.left')} id="left">
          {isMoving && processedImages > 0 ? format.duration(progress.estimatedTimeRemaining) : '–'}
        </Figure>
      )}
      <Figure label={t('figures.speedup')} id="speedup">
        {metrics.speedup > 0 ? `${format.number(metrics.speedup, 1)} ×` : '–'}
      </Figure>
      {!isOver && <LiveFigures />}
      {isOver && (
        <Figure label={t('figures.rate')} id="rate">
          {format.number(metrics.imagesPerMinute)}
        </Figure>
      )}
      <Figure label={t('figures.cost')} id="cost">
        {metrics.costUsd === null ? '–' : format.money(metrics.costUsd)}
      </Figure>
    </dl>
  );
}

/** What the process is doing this second: apart, so that a tick a second draws these two alone. */
function LiveFigures() {
  const { t } = useTranslation('parser');
  const format = useFormat();
  const sample = useParserStore((state) => state.sample);
  const { used = 0, allowed = null } = sample?.quota.requestsPerMinute ?? {};
  return (
    <>
      <Figure label={t('figures.calls')} id="calls">
        {sample === null ? '–' : t('figures.of', { part: sample.callsUnderWay, whole: sample.slots })}
      </Figure>
      <Figure label={t('figures.quota')} id="quota" isWords={sample !== null && allowed === null}>
        {sample === null ? '–' : allowed === null ? t('figures.noLimit') : format.number(Math.max(allowed - used, 0))}
      </Figure>
    </>
  );
}

function Figure({
  label,
  id,
  isBad = false,
  isWords = false,
  children,
}: {
  label: string;
  id: string;
  isBad?: boolean;
  isWords?: boolean;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-figure={id} data-bad={isBad || undefined} data-words={isWords || undefined}>
        {children}
      </dd>
    </div>
  );
}
