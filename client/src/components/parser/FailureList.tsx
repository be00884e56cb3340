import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { useRunControl } from '../../api/runs.ts';
import { forgetFailures } from '../../stores/ParserStore.ts';
import classes from './Panels.module.css';

interface FailureListProps {
  runId: string;
  images: readonly RunImage[];
  isOver: boolean;
}

/** What could not be read, why, and whether trying again may help. */
export function FailureList({ runId, images, isOver }: FailureListProps) {
  const { t } = useTranslation('parser');
  const { t: records } = useTranslation('records');
  const control = useRunControl(runId);
  const failed = images.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return null;
  const retryable = failed.filter((image) => image.retryable).length;
  return (
    <Paper component="section" aria-labelledby="failures-title" p="lg" className={classes.panel}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="failures-title">
          {failed.some(({ crop }) => crop !== null)
            ? records('line.failed', { count: failed.length })
            : t('failures.title', { count: failed.length })}
        </Title>
        {isOver && retryable > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            disabled={control.isPending}
            onClick={() => {
              forgetFailures();
              control.mutate('retry-failed');
            }}
          >
            {t('failures.retry', { count: retryable })}
          </Button>
        )}
      </Group>
      <Stack gap={8} component="ul" p={0} m={0}>
        {failed.map(({ position, name, detail, retryable: mayPass }) => (
          <Text key={position} component="li" size="sm" style={{ listStyle: 'none' }}>
            <b>
              {position + 1} · {name}
            </b>{' '}
            {detail}{' '}
            <Text span size="xs" c="dimmed">
              {mayPass ? t('failures.mayPass') : t('failures.final')}
            </Text>
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
