import { Button, FileButton, Group, Switch, Text } from '@mantine/core';
import { IconFileUpload, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PileImage } from '../../../../src/contract/pile.ts';
import { useFormat } from '../format.ts';
import { chooseDetections, forgetDetections, useChosenDetections } from './chosen-detections.ts';
import { useChosenObjects } from './chosen-objects.ts';
import { detectionSummary, openDetectionFile, type DetectionFile } from './detection-file.ts';
import classes from './Records.module.css';

interface DetectionsFieldProps {
  pileId: string | null;
  images: readonly PileImage[];
  /** Files that are not in the pile yet: which images are missing cannot be said before. */
  underWay: number;
}

const NAMES_SHOWN = 4;

/** The boxes that each are asked about: from a file, which can also be dropped anywhere on the page. */
export function DetectionsField({ pileId, images, underWay }: DetectionsFieldProps) {
  const { t } = useTranslation('records');
  const chosen = useChosenDetections();
  const { eachByItself } = useChosenObjects();
  const reset = useRef<() => void>(null);
  const file = chosen.pileId === pileId ? chosen.file : null;
  const problem = chosen.pileId === pileId ? chosen.problem : null;
  const take = (picked: File | null) => {
    if (picked !== null) void openDetectionFile(picked).then((opened) => chooseDetections(pileId, opened));
    // The same file may be chosen again, after it was changed.
    reset.current?.();
  };
  return (
    <div className={classes.detections}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate title={file?.fileName}>
          {file?.fileName ?? t('detections.label')}
        </Text>
        {file !== null && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={forgetDetections}
          >
            {t('detections.remove')}
          </Button>
        )}
      </Group>
      <div role="status">
        {file !== null && <Summary file={file} images={images} isSettled={underWay === 0} />}
        {problem !== null && (
          <Text size="sm" c="var(--bad)">
            {t(`detections.problem.${problem}`)}
          </Text>
        )}
      </div>
      {file === null && (
        <>
          <Text size="sm" c="dimmed" mb={8}>
            {t('detections.note')}
          </Text>
          <FileButton
            resetRef={reset}
            accept="application/json,.json"
            onChange={take}
            inputProps={{ 'aria-label': t('detections.choose'), 'data-intake': 'detections' } as object}
          >
            {(props) => (
              <Button
                {...props}
                size="compact-md"
                variant="default"
                leftSection={<IconFileUpload size={16} aria-hidden />}
              >
                {t('detections.choose')}
              </Button>
            )}
          </FileButton>
          <Switch
            mt="sm"
            checked={eachByItself}
            label={t('detections.each')}
            description={t(eachByItself ? 'detections.eachOn' : 'detections.eachOff')}
            onChange={({ currentTarget: { checked } }) => useChosenObjects.setState({ eachByItself: checked })}
          />
        </>
      )}
    </div>
  );
}

/** "1,382 boxes in 8 images, 2 images not in the pile" */
function Summary({
  file,
  images,
  isSettled,
}: {
  file: DetectionFile;
  images: readonly PileImage[];
  isSettled: boolean;
}) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const names = images.map(({ name }) => name);
  const { boxes, images: inFile, ...others } = detectionSummary(file, names);
  const { missing, withoutBox } = isSettled ? others : { missing: [], withoutBox: 0 };
  const more = missing.length - NAMES_SHOWN;
  return (
    <>
      <Text size="sm" fw={600} data-figure="detections">
        {[
          t('detections.in', {
            boxes: t('detections.boxes', { count: boxes, amount: format.number(boxes) }),
            images: t('detections.images', { count: inFile, amount: format.number(inFile) }),
          }),
          ...(missing.length > 0 ? [t('detections.missing', { count: missing.length })] : []),
        ].join(', ')}
      </Text>
      {missing.length > 0 && (
        <Text size="sm" c="var(--notice)">
          {missing.slice(0, NAMES_SHOWN).join(', ')}
          {more > 0 && ` ${t('detections.more', { count: more })}`}
        </Text>
      )}
      {withoutBox > 0 && (
        <Text size="sm" c="dimmed">
          {t('detections.withoutBox', { count: withoutBox })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('detections.calls')}
      </Text>
    </>
  );
}
