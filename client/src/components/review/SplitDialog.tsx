import type { ChangesetItem } from '../../../../src/contract/catalogue.ts';
import { Button, Checkbox, Group, Image, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { ChangesetProblem } from '../changeset/ChangesetProblem.tsx';
import { imagesOf } from './sources.ts';
import { ReviewDialog } from './ReviewDialog.tsx';
import type { ReviewDesk } from './use-review-desk.ts';

/** Chooses the images that speak of another show: what they say becomes one of its own. */
export function SplitDialog(props: {
  desk: ReviewDesk;
  item: ChangesetItem;

  known: ReadonlyMap<string, RunImage>;
  onClose: () => void;
}) {
  const { desk, item, known, onClose } = props;
  const { t } = useTranslation(['review', 'common']);
  const [chosen, setChosen] = useState<string[]>([]);
  const images = imagesOf(item.record);
  const isAll = chosen.length === images.length && images.length > 1;
  const split = () => desk.reshape({ kind: 'split', itemId: item.id, imageIds: chosen }, onClose);
  return (
    <ReviewDialog opened onClose={onClose} size="lg" title={t('review:split.title')}>
      <Stack>
        <Text size="sm">{t(images.length < 2 ? 'review:split.one' : 'review:split.intro')}</Text>
        {images.length > 1 && (
          <Stack gap="xs">
            {images.map(({ imageId, image }) => (
              <Checkbox.Card
                key={imageId}
                p="xs"
                checked={chosen.includes(imageId)}
                onClick={() =>
                  setChosen((all) => (all.includes(imageId) ? all.filter((id) => id !== imageId) : [...all, imageId]))
                }
              >
                <Group wrap="nowrap">
                  <Checkbox.Indicator />
                  <Image src={known.get(imageId)?.thumbnailUrl} alt="" w={64} h={64} fit="cover" radius="sm" />
                  <Text size="sm">{image}</Text>
                </Group>
              </Checkbox.Card>
            ))}
          </Stack>
        )}
        {isAll && (
          <Text size="sm" c="var(--notice)">
            {t('review:split.leaveOne')}
          </Text>
        )}
        {desk.problem !== null && <ChangesetProblem error={desk.problem} onClose={desk.forgetProblem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button disabled={chosen.length === 0 || isAll} loading={desk.isReshaping} onClick={split}>
            {t('review:split.submit')}
          </Button>
        </Group>
      </Stack>
    </ReviewDialog>
  );
}
