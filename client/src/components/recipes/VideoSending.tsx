import { Alert, Button, FileButton, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMovie, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunResult } from '../../../../src/contract/run.ts';
import { useErrorWords } from '../../api/error-words.ts';
import { useRunControl } from '../../api/runs.ts';
import { continueVideo, dropVideo, useVideoStore } from '../../stores/VideoStore.ts';
import { useFormat } from '../format.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { ACCEPTED_VIDEOS, isSameVideo } from './video-file.ts';
import classes from './VideoIntake.module.css';

/** How much of the video has been sent, and a way to stop. */
export function SendingBar({ onStop, children }: { onStop: () => void; children?: ReactNode }) {
  const { t } = useTranslation('recipes');
  const format = useFormat();
  const file = useVideoStore((state) => state.file);
  const sentBytes = useVideoStore((state) => state.sentBytes);
  useWarningOfLoss();
  if (file === null) return null;
  const counts = { sent: format.bytes(sentBytes), whole: format.bytes(file.size) };
  return (
    <Stack gap="sm">
      <Title order={2} id="video-title" size="h3">
        {t('sending.title', { name: file.name })}
      </Title>
      <Progress
        value={(100 * sentBytes) / Math.max(1, file.size)}
        size={14}
        radius="sm"
        color="var(--good)"
        aria-label={t('sending.title', { name: file.name })}
      />
      <Group justify="space-between">
        <Text size="sm" data-figure="sent">
          {t('sending.line', counts)}
        </Text>
        <Group gap="xs">
          {children}
          <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={onStop}>
            {t('sending.cancel')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** On the page of its run: a video that is on its way from here, or whose rest is missing. */
export function VideoSending({ run, isOver }: { run: RunResult; isOver: boolean }) {
  const { t } = useTranslation('recipes');
  const { file, runId, uploadUrl, error } = useVideoStore();
  const stop = useStopSending(run.runId);
  const isOurs = runId === run.runId && file !== null;
  useEffect(() => {
    // Whoever ended the run wants no more of its video.
    if (isOver && isOurs) dropVideo();
  }, [isOver, isOurs]);
  if (isOver) return null;
  if (!isOurs) return <MissingRest run={run} />;
  return (
    <Paper p="lg" className={classes.sending} component="section" aria-labelledby="video-title">
      <Stack gap="sm">
        <SendingBar onStop={stop} />
        {error === null ? (
          <Text size="sm" c="dimmed">
            {t('sending.meanwhile')}
          </Text>
        ) : (
          <ProblemNotice
            error={error}
            onRetry={() => uploadUrl !== null && void continueVideo(file, run.runId, uploadUrl)}
          />
        )}
      </Stack>
    </Paper>
  );
}

/** Nobody sends the rest at the moment: the page was left, or the line is down. Whoever has the file may go on with it. */
function MissingRest({ run }: { run: RunResult }) {
  const { t } = useTranslation('recipes');
  const format = useFormat();
  const [other, setOther] = useState<string | null>(null);
  const { video } = run;
  if (!video || video.uploadUrl === null || video.stalledAtBytes === null) return null;
  const { name, sizeBytes, uploadUrl } = video;
  const take = (file: File) => {
    const isSame = isSameVideo(file, video);
    setOther(isSame ? null : file.name);
    if (isSame) void continueVideo(file, run.runId, uploadUrl);
  };
  const counts = { name, sent: format.bytes(video.stalledAtBytes), whole: format.bytes(sizeBytes) };
  return (
    <Alert variant="outline" color="var(--notice)" title={t('missing.title', counts)}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('missing.text', counts)}</Text>
        {other !== null && (
          <Text size="sm" role="alert">
            {t('missing.other', { ...counts, other })}
          </Text>
        )}
        <FileButton
          accept={ACCEPTED_VIDEOS}
          onChange={(chosen) => chosen && take(chosen)}
          inputProps={{ 'aria-label': t('missing.choose', counts), 'data-intake': 'rest' } as object}
        >
          {(props) => (
            <Button {...props} leftSection={<IconMovie size={18} aria-hidden />}>
              {t('missing.choose', counts)}
            </Button>
          )}
        </FileButton>
      </Stack>
    </Alert>
  );
}

/** Stops sending, and the run that waits for the video; what was read of it stays. */
export function useStopSending(runId: string | null): () => void {
  const wordsOf = useErrorWords();
  const control = useRunControl(runId ?? '');
  return () => {
    const onError = (error: unknown) => notifications.show({ color: 'red', message: wordsOf(error) });
    if (runId !== null) control.mutate('cancel', { onError });
    dropVideo();
  };
}

/** A page that is left in the middle of sending stops it: the file has to be given again. */
function useWarningOfLoss(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', warn);
    return () => globalThis.removeEventListener('beforeunload', warn);
  }, []);
}
