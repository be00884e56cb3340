import { Alert, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunWish } from '../../api/piles.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { VideoIntake } from '../recipes/VideoIntake.tsx';
import { AnalysisChoice } from '../records/AnalysisChoice.tsx';
import { chooseDetections } from '../records/chosen-detections.ts';
import { openDetectionFile } from '../records/detection-file.ts';
import { useAnalysis } from '../records/use-analysis.ts';
import { ContactSheet } from '../sheet/ContactSheet.tsx';
import { Intake } from './Intake.tsx';
import { StartPanel } from './StartPanel.tsx';
import type { PileOnPage } from './use-pile.ts';
import classes from './Panels.module.css';

interface PileViewProps {
  pileId: string | null;
  pile: PileOnPage;
  isStarting: boolean;
  onStart: (wish: RunWish) => void;
}

/** Before the start: what is in the pile, what is on its way, and what a run would take. */
export function PileView({ pileId, pile, isStarting, onStart }: PileViewProps) {
  const { t } = useTranslation('parser');
  const { frames, images, problems, underWay, brokenOff, error } = pile;
  const choice = useAnalysis();
  const { analysis } = choice;
  /** Of products a file of detections may be dropped with the images, or after them. */
  const take = (files: readonly File[]) => {
    const isDetections = ({ name }: File) => analysis === 'products' && /\.json$/i.test(name);
    const file = files.find(isDetections);
    if (file) void openDetectionFile(file).then((opened) => chooseDetections(pileId, opened));
    const others = files.filter((each) => !isDetections(each));
    if (others.length > 0) void pile.addFiles(others);
  };
  // A video is a run by itself: the pile waits until something else is chosen.
  if (analysis === 'recipes') return <VideoIntake {...choice} />;
  const isEmpty = frames.length === 0 && problems.length === 0 && underWay === 0;
  const intake = <Intake isEmpty={isEmpty} onFiles={take} onAddresses={(urls) => void pile.addAddresses(urls)} />;
  return (
    <Stack gap="lg">
      {error !== null && <ProblemNotice error={error} />}
      {brokenOff.length > 0 && (
        <Alert variant="outline" color="var(--notice)" title={t('brokenOff.title', { count: brokenOff.length })}>
          {t('brokenOff.text')} {brokenOff.join(', ')}
        </Alert>
      )}
      {isEmpty ? (
        <>
          <AnalysisChoice {...choice} />
          {intake}
        </>
      ) : (
        <div className={classes.columns}>
          <div className={classes.side}>
            <StartPanel pileId={pileId} images={images} underWay={underWay} isStarting={isStarting} onStart={onStart} />
          </div>
          <Stack gap="md">
            {intake}
            {problems.length > 0 && (
              <Alert variant="outline" color="var(--bad)" title={t('problems.title', { count: problems.length })}>
                <List size="sm" listStyleType="none">
                  {problems.map(({ file, detail }, at) => (
                    <List.Item key={`${at} ${file}`}>
                      <b>{file}</b> {detail}
                    </List.Item>
                  ))}
                </List>
              </Alert>
            )}
            {frames.length > 0 && (
              <ContactSheet
                frames={frames}
                label={t('sheet.pile')}
                onRemove={(frame) => pile.remove(frame)}
                onRetry={(frame) => pile.retry(frame)}
              />
            )}
            <Text size="sm" c="dimmed">
              {t('sheet.note')}
            </Text>
          </Stack>
        </div>
      )}
    </Stack>
  );
}
