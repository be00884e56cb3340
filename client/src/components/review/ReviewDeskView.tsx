import { Alert, Button, Drawer, Group, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChecks, IconKeyboard, IconList } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { ChangesetProblem } from '../changeset/ChangesetProblem.tsx';
import { ItemList } from './ItemList.tsx';
import { useConcernWords } from './ItemSigns.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { concernsOf, progressOf } from './review-order.ts';
import { SourceViewer } from './SourceViewer.tsx';
import { imagesOf } from './sources.ts';
import { SplitDialog } from './SplitDialog.tsx';
import type { ReviewDesk } from './use-review-desk.ts';
import { useReviewKeys } from './use-review-keys.ts';
import classes from './Review.module.css';

/** The shows of a run held against their images, one after the other, the worst first. */
export function ReviewDeskView(props: {
  desk: ReviewDesk;
  images: readonly RunImage[];
  /** Items that a reviewer has merged or split: it can be taken back. */
  reshaped: ReadonlySet<string>;
  onChanges: () => void;
}) {
  const { desk, images, reshaped, onChanges } = props;
  const { t } = useTranslation(['review', 'common']);
  const [isHelpOpen, help] = useDisclosure(false);
  const [isListOpen, list] = useDisclosure(false);
  const [dialog, setDialog] = useState<'merge' | 'split' | null>(null);
  const keys = useReviewKeys((action) => (action === 'help' ? help.open() : desk.act(action)));
  const spoken = useSpokenPlace(desk);
  const known = new Map(images.flatMap((image) => (image.imageId === null ? [] : [[image.imageId, image] as const])));
  const progress = progressOf(desk.items);
  const isAllDecided = desk.isOpen && progress.total > 0 && progress.decided === progress.total;
  return (
    <>
      <Group mb="sm" gap="xs" justify="space-between">
        <Group gap="xs">
          {desk.isOpen && desk.clean.length > 0 && (
            <Tooltip label={t('review:acceptCleanNote')} multiline w={260}>
              <Button leftSection={<IconChecks size={18} aria-hidden />} onClick={desk.acceptClean}>
                {t('review:acceptClean', { count: desk.clean.length })}
              </Button>
            </Tooltip>
          )}
          <Button
            className={classes.toList}
            variant="default"
            leftSection={<IconList size={18} aria-hidden />}
            onClick={list.open}
          >
            {t('review:progress', progress)}
          </Button>
          {!desk.isOpen && (
            <>
              <Text size="sm" fw={600}>
                {t('review:published')}
              </Text>
              <Button variant="default" onClick={onChanges}>
                {t('review:toChanges')}
              </Button>
            </>
          )}
          {isAllDecided && (
            <>
              <Text size="sm" fw={600}>
                {t('review:allDecided')}
              </Text>
              <Button onClick={onChanges}>{t('review:toChanges')}</Button>
            </>
          )}
        </Group>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          leftSection={<IconKeyboard size={18} aria-hidden />}
          onClick={help.open}
        >
          {keys.isOn ? t('review:keysButton') : t('review:keys.off')}
        </Button>
      </Group>
      {desk.problem !== null && dialog === null && (
        <ChangesetProblem error={desk.problem} onClose={desk.forgetProblem} />
      )}
      {desk.items.length === 0 ? (
        <Alert color="gray" variant="outline">
          {t('review:state.noShows')}
        </Alert>
      ) : (
        <div className={classes.desk}>
          <div className={`${classes.column} ${classes.aside}`}>
            <ItemList desk={desk} />
          </div>
          <div className={`${classes.column} ${classes.imageColumn}`}>
            <SourceViewer
              images={imagesOf(desk.item?.record ?? null)}
              evidence={desk.item?.record?.evidence ?? []}
              known={known}
              imageId={desk.imageId}
              field={desk.field}
              onImage={desk.showImage}
            />
          </div>
          <RecordPanel
            desk={desk}
            isReshaped={reshaped.has(desk.item?.id ?? '')}
            onMerge={() => setDialog('merge')}
            onSplit={() => setDialog('split')}
          />
        </div>
      )}
      <p className="visually-hidden" role="status">
        {desk.said} {spoken}
      </p>
      <Drawer.Root opened={isListOpen} onClose={list.close}>
        <Drawer.Overlay />
        <Drawer.Content>
          <Drawer.Header role="none">
            <Drawer.Title fw={650}>{t('review:list.label')}</Drawer.Title>
            <Drawer.CloseButton aria-label={t('common:close')} />
          </Drawer.Header>
          <Drawer.Body p={0}>
            <ItemList desk={desk} onChoose={list.close} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <KeysDialog opened={isHelpOpen} onClose={help.close} keys={keys} />
      {dialog === 'merge' && desk.item !== null && (
        <MergeDialog desk={desk} item={desk.item} onClose={() => setDialog(null)} />
      )}
      {dialog === 'split' && desk.item !== null && (
        <SplitDialog desk={desk} item={desk.item} known={known} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

/** What a screen reader is told when another show is looked at. */
function useSpokenPlace({ item, visible, title }: ReviewDesk): string {
  const { t } = useTranslation('review');
  const wordsOf = useConcernWords();
  if (item === null) return '';
  const concerns = concernsOf(item).map(wordsOf);
  return t('said.item', {
    at: visible.indexOf(item) + 1,
    of: visible.length,
    name: title(item),
    concerns: concerns.length === 0 ? t('concern.none') : concerns.join(', '),
  });
}
