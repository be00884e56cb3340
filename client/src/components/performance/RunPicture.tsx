import { Alert, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { isOver, useRuns } from '../../api/runs.ts';
import { useTimeline } from '../../api/performance.ts';
import { PageLoading } from '../../app/PageLoading.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { useFormat } from '../format.ts';
import { AdviceList } from './AdviceList.tsx';
import { SequentialAgainst } from './SequentialAgainst.tsx';
import { TimelineCanvas } from './TimelineCanvas.tsx';
import { TimelineTable } from './TimelineTable.tsx';

/** One run, call by call: the one of the address, else the newest. */
export function RunPicture() {
  const { t } = useTranslation('performance');
  const { t: tCommon } = useTranslation();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const runs = useRuns();
  const lines = runs.data?.pages.flat() ?? [];
  const runId = params.get('run') ?? lines[0]?.runId ?? null;
  const line = lines.find((each) => each.runId === runId);
  const timeline = useTimeline(runId, { isWatched: line !== undefined && !isOver(line.state) });
  return (
    <Stack gap="md" component="section" aria-labelledby="run-picture">
      <div>
        <Text component="h2" id="run-picture" size="xl" fw={680}>
          {t('run.title')}
        </Text>
        <Text c="dimmed">{t('run.lead')}</Text>
      </div>
      {runs.error !== null && <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />}
      <NativeSelect
        label={t('run.choose')}
        maw={560}
        size="md"
        value={runId ?? ''}
        disabled={runId === null}
        onChange={({ currentTarget }) => setParams({ run: currentTarget.value }, { preventScrollReset: true })}
      >
        {runId === null && <option value="">{t('run.none')}</option>}
        {runId !== null && line === undefined && <option value={runId}>{runId}</option>}
        {lines.map((each) => (
          <option key={each.runId} value={each.runId}>
            {t('run.line', { date: format.dateTime(each.createdAt), state: tCommon(`state.${each.state}`) })},{' '}
            {tCommon(`mode.${each.mode}`).toLowerCase()}, {each.model}
          </option>
        ))}
      </NativeSelect>
      {timeline.isLoading && <PageLoading />}
      {timeline.error !== null && <ProblemNotice error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.data !== undefined &&
        (timeline.data.calls.length === 0 ? (
          <Alert variant="outline" color="gray">
            {t('run.noCalls')}
          </Alert>
        ) : (
          <>
            <AdviceList advice={timeline.data.advice} />
            <TimelineCanvas key={runId} timeline={timeline.data} />
            {timeline.data.dropped > 0 && (
              <Text size="sm" c="dimmed">
                {t('run.dropped', { count: timeline.data.dropped })}
              </Text>
            )}
            <TimelineTable calls={timeline.data.calls} />
            <SequentialAgainst timeline={timeline.data} />
          </>
        ))}
    </Stack>
  );
}
