import { Button, Group } from '@mantine/core';
import {
  IconDownload,
  IconListCheck,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isExportable, type ExportFormat, type RunResult } from '../../../../src/contract/run.ts';
import { useErrorWords } from '../../api/error-words.ts';
import { downloadRun, useRunControl, type RunControl } from '../../api/runs.ts';
import { forgetFailures } from '../../stores/ParserStore.ts';

const FORMATS = ['csv', 'ics', 'pdf', 'png', 'json', 'jsonld', 'html'] as const satisfies readonly ExportFormat[];

/** Where the question is asked, the answer is under the same finger. */
const focused = (button: HTMLButtonElement | null) => button?.focus();

/** What can be done with a run as it stands. */
export function RunControls({ run, onPile }: { run: RunResult; onPile: (() => void) | null }) {
  const { t } = useTranslation('parser');
  const wordsOf = useErrorWords();
  const control = useRunControl(run.runId);
  const [asksCancel, setAsksCancel] = useState(false);
  const say = (error: unknown) => notifications.show({ color: 'red', message: wordsOf(error) });
  const act = (what: RunControl) => {
    if (what === 'retry-failed') forgetFailures();
    setAsksCancel(false);
    control.mutate(what, { onError: say });
  };
  const isUnderWay = run.state === 'running' || run.state === 'queued';
  const isPaused = run.state === 'paused';
  const canRetry = run.failures.some(({ retryable }) => retryable) && !isUnderWay;
  return (
    <Group gap="xs">
      {isUnderWay && (
        <Button
          variant="default"
          leftSection={<IconPlayerPauseFilled size={16} aria-hidden />}
          onClick={() => act('pause')}
          disabled={control.isPending}
        >
          {t('controls.pause')}
        </Button>
      )}
      {isPaused && (
        <Button
          leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}
          onClick={() => act('resume')}
          disabled={control.isPending}
        >
          {t('controls.resume')}
        </Button>
      )}
      {(isUnderWay || isPaused) &&
        (asksCancel ? (
          <Group gap="xs" role="group" aria-label={t('controls.cancelSure')}>
            <Button color="var(--bad)" variant="outline" onClick={() => act('cancel')} ref={focused}>
              {t('controls.cancelSure')}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => setAsksCancel(false)}>
              {t('controls.goOn')}
            </Button>
          </Group>
        ) : (
          <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => setAsksCancel(true)}>
            {t('controls.cancel')}
          </Button>
        ))}
      {run.state === 'completed' && run.analysis === 'shows' && (
        <Button
          component={Link}
          to={`/admin/runs/${encodeURIComponent(run.runId)}`}
          leftSection={<IconListCheck size={18} aria-hidden />}
        >
          {t('controls.review')}
        </Button>
      )}
      {onPile !== null && !isUnderWay && (
        <Button variant="default" leftSection={<IconPlayerPlayFilled size={16} aria-hidden />} onClick={onPile}>
          {t('controls.all')}
        </Button>
      )}
      {canRetry && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => act('retry-failed')}
          disabled={control.isPending}
        >
          {t('controls.retryFailed')}
        </Button>
      )}
      {(run.shows.length > 0 || (run.records ?? []).length > 0) && (
        <Group gap={4} role="group" aria-label={t('controls.download')} ml={{ sm: 'auto' }}>
          <IconDownload size={16} aria-hidden />
          {FORMATS.filter((format) => isExportable(run.analysis, format)).map((format) => (
            <Button
              key={format}
              variant="subtle"
              color="gray"
              size="compact-sm"
              c="var(--mantine-color-text)"
              title={t(`formats.${format}`)}
              onClick={() => void downloadRun(run.runId, format).catch(say)}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </Group>
      )}
    </Group>
  );
}
