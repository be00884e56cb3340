import { Badge, Group, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchProgress, RunResult } from '../../../../src/contract/run.ts';
import { RUN_COLOURS } from '../run-colours.ts';
import { useFormat } from '../format.ts';

/** A reader that is told of each image cannot follow: every tenth of the run, and each change of its state. */
const TOLD_STEPS = 10;

/** How far a run is: as a bar, in one line, and, now and then, out loud. */
export function RunProgress({
  run,
  progress,
  isOfBoxes = false,
}: {
  run: RunResult;
  progress: BatchProgress;
  isOfBoxes?: boolean;
}) {
  const { t: records } = useTranslation('records');
  const { t } = useTranslation('parser');
  const { t: common } = useTranslation();
  const format = useFormat();
  const { totalImages, processedImages, failedImages } = progress;
  const share = (count: number) => (totalImages === 0 ? 0 : (count / totalImages) * 100);
  const step = Math.floor((processedImages / Math.max(totalImages, 1)) * TOLD_STEPS);
  const counts = { done: processedImages, total: totalImages };
  const line = isOfBoxes
    ? records('line.boxes', counts)
    : run.analysis === 'recipes'
      ? records('line.frames', counts)
      : t('run.line', counts);
  const [told, setTold] = useState('');
  const state = common(`state.${run.state}`);
  useEffect(() => {
    setTold(`${state}: ${line}`);
    // Told when the step changes, with the line of that moment.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [step, state]);
  return (
    <div>
      <Group justify="space-between" mb={8} wrap="nowrap">
        <Group gap="sm">
          <Badge color={RUN_COLOURS[run.state]} variant="outline" size="lg" radius="sm" data-run-state={run.state}>
            {state}
          </Badge>
          <Text fw={650}>{line}</Text>
        </Group>
        <Text size="sm" c="dimmed" visibleFrom="sm">
          {run.model} · {common(`mode.${run.mode}`)}
        </Text>
      </Group>
      <Progress.Root size={14} radius="sm" aria-label={line}>
        <Progress.Section
          value={share(processedImages - failedImages)}
          color="var(--good)"
          aria-label={t('run.read', { count: processedImages - failedImages })}
        />
        <Progress.Section
          value={share(failedImages)}
          color="var(--bad)"
          aria-label={t('run.failed', { count: failedImages })}
        />
      </Progress.Root>
      <VisuallyHidden role="status" aria-live="polite">
        {told}
        {run.state === 'completed' && ` ${format.duration(run.metrics.wallMs)}`}
      </VisuallyHidden>
    </div>
  );
}
