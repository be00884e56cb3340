import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useRuns } from '../api/runs.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { AuditLog } from '../components/runs/AuditLog.tsx';
import { RunsTable } from '../components/runs/RunsTable.tsx';
import { WaitingChangesets } from '../components/runs/WaitingChangesets.tsx';

/** All runs, what waits for a decision above them, and who did what with the list. */
export default function RunsPage() {
  const { t } = useTranslation('runs');
  const [params, setParams] = useSearchParams();
  const isAudit = params.get('view') === 'audit';
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <Group>
          <SegmentedControl
            aria-label={t('views.label')}
            value={isAudit ? 'audit' : 'runs'}
            onChange={(view) => setParams(view === 'audit' ? { view } : {}, { replace: true })}
            data={[
              { value: 'runs', label: t('views.runs') },
              { value: 'audit', label: t('views.audit') },
            ]}
          />
          <Button component={Link} to="/admin/parser" leftSection={<IconPhotoPlus size={18} aria-hidden />}>
            {t('start')}
          </Button>
        </Group>
      </PageHeading>
      {isAudit ? (
        <AuditLog />
      ) : (
        <>
          <WaitingChangesets />
          <Runs />
        </>
      )}
    </>
  );
}

function Runs() {
  const { t } = useTranslation('runs');
  const runs = useRuns();
  if (runs.isPending) return <PageLoading />;
  if (runs.isError && runs.data === undefined) {
    return <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />;
  }
  const lines = runs.data.pages.flat();
  if (lines.length === 0) {
    return (
      <Stack align="flex-start">
        <Text>{t('none')}</Text>
      </Stack>
    );
  }
  return (
    <>
      <RunsTable runs={lines} />
      {runs.hasNextPage && (
        <Button mt="md" variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
