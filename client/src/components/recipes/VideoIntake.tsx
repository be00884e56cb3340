import { Alert, Button, FileButton, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconMovie, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { dropVideo, startVideo, useVideoStore } from '../../stores/VideoStore.ts';
import { useFormat } from '../format.ts';
import { PageDrop } from '../parser/PageDrop.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { AnalysisChoice } from '../records/AnalysisChoice.tsx';
import type { AnalysisOnPage } from '../records/use-analysis.ts';
import { ACCEPTED_VIDEOS, MOST_VIDEO_MB, videoProblem, type VideoProblem } from './video-file.ts';
import classes from './VideoIntake.module.css';

interface Refused {
  name: string;
  problem: VideoProblem | 'address';
}

/** The way in for a cooking video: chosen or dropped, watched while it is sent, and then its run. */
export function VideoIntake(choice: AnalysisOnPage) {
  const { t } = useTranslation('recipes');
  const { file, runId, error } = useVideoStore();
  const [refused, setRefused] = useState<Refused | null>(null);
  useRunOnPage(runId);
  const take = (files: readonly File[]) => {
    const problem = videoProblem(files);
    const [first] = files;
    if (first === undefined) return;
    setRefused(problem === null ? null : { name: first.name, problem });
    if (problem === null) void startVideo(first);
  };
  return (
    <Stack gap="lg">
      <AnalysisChoice {...choice} />
      {file === null && (
        <PageDrop
          words={t('intake.dropHere')}
          onFiles={take}
          onAddresses={([url = '']) => setRefused({ name: url, problem: 'address' })}
        />
      )}
      {refused !== null && (
        <Alert color="var(--bad)" variant="outline" role="alert" title={refused.name}>
          {t(`intake.problem.${refused.problem}`, { most: MOST_VIDEO_MB })}
        </Alert>
      )}
      {error !== null && <ProblemNotice error={error} />}
      <section className={classes.intake} aria-labelledby="video-title">
        <div className={classes.film} aria-hidden>
          <span />
          <span />
          <span />
          <span />
          <span />
          <span />
          <span />
        </div>
        {file === null ? (
          <Stack gap="sm" align="center">
            <Title order={2} id="video-title" ta="center">
              {t('intake.title')}
            </Title>
            <Text c="dimmed" ta="center" maw="56ch">
              {t('intake.text')}
            </Text>
            <FileButton
              accept={ACCEPTED_VIDEOS}
              onChange={(chosen) => chosen && take([chosen])}
              inputProps={{ 'aria-label': t('intake.choose'), 'data-intake': 'video' } as object}
            >
              {(props) => (
                <Button {...props} size="md" leftSection={<IconMovie size={18} aria-hidden />}>
                  {t('intake.choose')}
                </Button>
              )}
            </FileButton>
            <Text size="sm" c="dimmed" ta="center">
              {t('intake.kinds', { most: MOST_VIDEO_MB })}
            </Text>
          </Stack>
        ) : (
          <Sending name={file.name} sizeBytes={file.size} />
        )}
      </section>
    </Stack>
  );
}

function Sending({ name, sizeBytes }: { name: string; sizeBytes: number }) {
  const { t } = useTranslation('recipes');
  const format = useFormat();
  const sentBytes = useVideoStore((state) => state.sentBytes);
  const isSent = sentBytes >= sizeBytes;
  const line = isSent
    ? t('sending.taking')
    : t('sending.line', { sent: format.bytes(sentBytes), whole: format.bytes(sizeBytes) });
  useWarningOfLoss();
  return (
    <Stack gap="sm" maw={560} mx="auto">
      <Title order={2} id="video-title" size="h3">
        {t('sending.title', { name })}
      </Title>
      <Progress
        value={(100 * sentBytes) / Math.max(1, sizeBytes)}
        size={14}
        radius="sm"
        color="var(--good)"
        animated={isSent}
        aria-label={t('sending.title', { name })}
      />
      <Group justify="space-between">
        <Text size="sm" data-figure="sent">
          {line}
        </Text>
        <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={dropVideo}>
          {t('sending.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The run that came of the video takes its place on the page, whichever page was looked at in between. */
function useRunOnPage(runId: string | null): void {
  const [, setParams] = useSearchParams();
  const go = useEffectEvent((run: string) => {
    dropVideo();
    setParams({ analysis: 'recipes', run });
  });
  useEffect(() => {
    if (runId !== null) go(runId);
  }, [runId]);
}

/** A page that is left in the middle of sending takes the video with it. */
function useWarningOfLoss(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', warn);
    return () => globalThis.removeEventListener('beforeunload', warn);
  }, []);
}
