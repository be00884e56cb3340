import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RunResult } from '../../../../src/contract/run.ts';
import { isOver } from '../../api/runs.ts';

/** Why there is nothing to review in a run yet, or at all, and where to go instead. */
export function NothingToReview({ run }: { run: RunResult }) {
  const { t } = useTranslation(['review', 'common']);
  const { processedImages: processed, totalImages: total } = run.progress;
  const isUnderWay = !isOver(run.state);
  const isOther = run.analysis !== 'shows' && run.state === 'completed';
  const key = isOther ? 'otherAnalysis' : isUnderWay ? 'underWay' : 'ended';
  const state = t(`common:state.${run.state}`);
  return (
    <Stack align="flex-start" maw={620}>
      <Text fw={650} fz="lg" component="h2">
        {t(`review:state.${key}`)}
      </Text>
      <Text aria-live="polite">
        {t(`review:state.${key}Text`, { state, processed, total, analysis: run.analysis })}
      </Text>
      <Group>
        <Button component={Link} to={`/admin/parser?run=${encodeURIComponent(run.runId)}`}>
          {t('review:state.toParser')}
        </Button>
        <Button component={Link} to="/admin/runs" variant="default">
          {t('review:state.toRuns')}
        </Button>
      </Group>
    </Stack>
  );
}
