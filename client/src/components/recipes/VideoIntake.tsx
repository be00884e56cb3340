import { Alert, Button, FileButton, Stack, Text, Title } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { markShown, startVideo, useVideoStore, type VideoStore } from '../../stores/VideoStore.ts';
import { PageDrop } from '../parser/PageDrop.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { AnalysisChoice } from '../records/AnalysisChoice.tsx';
import type { AnalysisOnPage } from '../records/use-analysis.ts';
import { ACCEPTED_VIDEOS, MOST_VIDEO_MB, videoProblem, type VideoProblem } from './video-file.ts';
import { SendingBar, useStopSending } from './VideoSending.tsx';
import classes from './VideoIntake.module.css';

interface Refused {
  name: string;
  problem: VideoProblem | 'address';
}

/** The way in for a cooking video: chosen or dropped, watched while it is sent, and then its run. */
export function VideoIntake(choice: AnalysisOnPage) {
  const { t } = useTranslation('recipes');
  const { file, runId, isShown, error } = useVideoStore();
  const [refused, setRefused] = useState<Refused | null>(null);
  const stop = useStopSending(runId);
  useRunOnPage({ runId, isShown });
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
          <Stack maw={560} mx="auto">
            <SendingBar onStop={stop}>
              {runId !== null && (
                <Button component={Link} to={`?analysis=recipes&run=${encodeURIComponent(runId)}`} variant="default">
                  {t('sending.run')}
                </Button>
              )}
            </SendingBar>
          </Stack>
        )}
      </section>
    </Stack>
  );
}

/** The run that came of the video takes its place on the page, once, whichever page was looked at in between. */
function useRunOnPage({ runId, isShown }: Pick<VideoStore, 'runId' | 'isShown'>): void {
  const [, setParams] = useSearchParams();
  const go = useEffectEvent((run: string) => {
    markShown();
    setParams({ analysis: 'recipes', run });
  });
  useEffect(() => {
    if (runId !== null && !isShown) go(runId);
  }, [runId, isShown]);
}
