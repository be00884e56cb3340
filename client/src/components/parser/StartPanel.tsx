import {
  Alert,
  Button,
  Collapse,
  Group,
  Loader,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { IconChevronDown, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunEstimate } from '../../../../src/contract/estimate.ts';
import type { PileImage } from '../../../../src/contract/pile.ts';
import type { AnalysisName, ProcessingMode } from '../../../../src/contract/run.ts';
import { useEstimate, type RunWish } from '../../api/piles.ts';
import { useSettings } from '../../api/settings.ts';
import { useFormat } from '../format.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { AnalysisChoice } from '../records/AnalysisChoice.tsx';
import { useChosenDetections } from '../records/chosen-detections.ts';
import { useChosenObjects } from '../records/chosen-objects.ts';
import { baseName, detectionsOf } from '../records/detection-file.ts';
import { posterOptions, useChosenZones } from '../records/chosen-zones.ts';
import { DetectionsField } from '../records/DetectionsField.tsx';
import { useAnalysis } from '../records/use-analysis.ts';
import { ZonesField } from '../records/ZonesField.tsx';
import { WishFields } from './WishFields.tsx';
import classes from './Panels.module.css';

interface StartPanelProps {
  pileId: string | null;
  images: readonly PileImage[];
  /** Files that are not in the pile yet: what is started now would leave them out. */
  underWay: number;
  isStarting: boolean;
  onStart: (wish: RunWish) => void;
}

const TRY = 3;

/** What a run would take, how it should go, and the two ways to begin. */
export function StartPanel({ pileId, images, underWay, isStarting, onStart }: StartPanelProps) {
  const { t } = useTranslation('parser');
  const { t: common } = useTranslation();
  const { t: records } = useTranslation('records');
  const { data: settings } = useSettings();
  const [chosenMode, setChosenMode] = useState<ProcessingMode | null>(null);
  const [wish, setWish] = useState<RunWish>({});
  const [showsMore, setShowsMore] = useState(false);
  const choice = useAnalysis();
  const { analysis } = choice;
  const chosen = useChosenDetections();
  const detections = analysis === 'products' && chosen.pileId === pileId ? chosen.file : null;
  const chosenZones = useChosenZones();
  const { eachByItself } = useChosenObjects();
  const options =
    analysis === 'posters' ? posterOptions(chosenZones) : analysis === 'products' ? { eachByItself } : undefined;
  const mode = chosenMode ?? settings?.processingMode ?? 'parallel';
  const readable = images.filter(
    ({ duplicateOf, name }) => duplicateOf === null && (detections?.boxes.has(baseName(name)) ?? true),
  );
  const estimate = useEstimate(pileId, {
    analysis,
    mode,
    images: images.map(({ position }) => position),
    // Other zones cost no more, and what is typed of them may not be whole.
    ...(analysis === 'products' && { options }),
    ...(wish.batch && { batch: true }),
  });
  const capUsd = wish.budgetUsdPerRun === undefined ? (settings?.budgetUsdPerRun ?? null) : wish.budgetUsdPerRun;
  const start = (only?: readonly PileImage[]) =>
    onStart({
      ...wishFor(analysis, wish),
      analysis,
      mode,
      ...(options !== undefined && { options }),
      ...(only && { only: only.map(({ position }) => position) }),
      ...(detections && {
        detections: only
          ? detectionsOf(
              detections,
              only.map(({ name }) => name),
            )
          : detections.detections,
      }),
    });
  const isReady = readable.length > 0 && underWay === 0 && !isStarting && typeof options !== 'string';
  return (
    <Paper component="section" aria-label={t('start.title')} p="lg" className={classes.panel}>
      <Stack gap="md">
        <EstimateLine
          // It is of whole images: with boxes it would say too little.
          estimate={detections ? undefined : estimate.data}
          images={images.length}
          capUsd={capUsd}
          underWay={underWay}
        />
        <AnalysisChoice {...choice} />
        {analysis === 'products' && <DetectionsField pileId={pileId} images={images} underWay={underWay} />}
        {analysis === 'posters' && <ZonesField />}
        {estimate.error !== null && <ProblemNotice error={estimate.error} onRetry={() => void estimate.refetch()} />}
        <div>
          <Text size="sm" fw={600} mb={4} id="mode-label">
            {common('mode.label')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="mode-label"
            value={mode}
            onChange={(value) => setChosenMode(value === 'sequential' ? 'sequential' : 'parallel')}
            data={[
              { value: 'parallel', label: common('mode.parallel') },
              { value: 'sequential', label: common('mode.sequential') },
            ]}
          />
        </div>
        <UnstyledButton
          className={classes.more}
          aria-expanded={showsMore}
          aria-controls="wish-fields"
          onClick={() => setShowsMore(!showsMore)}
        >
          {analysis === 'shows' ? t('start.more') : records('choice.more')}
          <IconChevronDown size={16} aria-hidden data-open={showsMore || undefined} />
        </UnstyledButton>
        <Collapse expanded={showsMore} id="wish-fields">
          <WishFields analysis={analysis} wish={wish} onWish={setWish} capUsd={capUsd} />
        </Collapse>
        <Stack gap="xs">
          <Button
            size="lg"
            disabled={!isReady}
            loading={isStarting}
            leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}
            onClick={() => start()}
          >
            {t('start.all')}
          </Button>
          {readable.length > TRY && (
            <Button variant="default" disabled={!isReady} onClick={() => start(spread(readable, TRY))}>
              {t('start.try')}
            </Button>
          )}
        </Stack>
        {detections === null && estimate.data?.isWithinBudget === false && wish.budgetUsdPerRun === undefined && (
          <Alert color="var(--bad)" variant="outline">
            {t('start.aboveCap')}
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}

/** "43 images, about $0.21, about 25 s, cap $1" */
function EstimateLine({
  estimate,
  images,
  capUsd,
  underWay,
}: {
  estimate: RunEstimate | undefined;
  images: number;
  capUsd: number | null;
  underWay: number;
}) {
  const { t } = useTranslation('parser');
  const format = useFormat();
  const parts = [t('start.images', { count: images })];
  if (estimate !== undefined) {
    const { costUsd, seconds, batch } = estimate;
    const time = format.duration(Math.max(Math.round(seconds), 1) * 1_000);
    const cost = costUsd === null ? t('start.costUnknown') : costUsd === 0 ? t('start.free') : null;
    parts.push(cost ?? t('start.about', { amount: format.money(costUsd ?? 0) }));
    parts.push(batch ? t('start.withinDay') : t('start.about', { amount: time }));
  }
  parts.push(capUsd === null ? t('start.noCap') : t('start.cap', { amount: format.money(capUsd) }));
  return (
    <div>
      <Text className={classes.estimate} role="status">
        {parts.join(', ')}
      </Text>
      {estimate !== undefined && (
        <Text size="sm" c="dimmed">
          {[
            t('start.model', { model: estimate.model }),
            ...(estimate.objectsPerImage ? [t('start.objects', { count: estimate.objectsPerImage })] : []),
            ...(estimate.duplicates > 0 ? [t('start.duplicates', { count: estimate.duplicates })] : []),
            ...(estimate.unreadable > 0 ? [t('start.unreadable', { count: estimate.unreadable })] : []),
          ].join(' · ')}
        </Text>
      )}
      {underWay > 0 && (
        <Group gap="xs" mt={4}>
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t('start.underWay', { count: underWay })}</Text>
        </Group>
      )}
    </div>
  );
}

/** What other analyses do not ask for is not sent with them: it may have been filled in before the choice. */
function wishFor(analysis: AnalysisName, wish: RunWish): RunWish {
  if (analysis === 'shows') return wish;
  const { city: _city, state: _state, timezone: _timezone, ground: _ground, ...others } = wish;
  return others;
}

/** Some of a pile from its start to its end: three in a row are often of one venue. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  const step = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, at) => items[Math.round(at * step)]).filter((item) => item !== undefined);
}
