import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PileImage, PileProblem } from '../../../../src/contract/pile.ts';
import { useErrorWords } from '../../api/error-words.ts';
import { brokenOffFiles } from '../../api/pile-upload.ts';
import { startPile, useAddUrls, usePile, useRemoveImage } from '../../api/piles.ts';
import { addUploads, dropUploads, retryUpload, useUploadStore } from '../../stores/UploadStore.ts';
import type { FrameData } from '../sheet/frame-data.ts';
import { sortedIntake } from './intake-files.ts';
import { pileFrames, takenIn } from './pile-frames.ts';

/** A pile, with what is on its way to it. */
export interface PileOnPage {
  frames: FrameData[];
  images: readonly PileImage[];
  problems: readonly PileProblem[];
  /** Files that are sent, unpacked, drawn or fetched at the moment. */
  underWay: number;
  /** Names of files whose sending broke off when the page was left. */
  brokenOff: readonly string[];
  error: unknown;
  addFiles(files: readonly File[]): Promise<void>;
  addAddresses(urls: string[]): Promise<void>;
  remove(frame: FrameData): void;
  retry(frame: FrameData): void;
}

/** @param onPile is told of the pile that the first file begins */
export function usePileOnPage(pileId: string | null, onPile: (pileId: string) => void): PileOnPage {
  const say = useNotices();
  const previews = useUploadStore((state) => state.previews);
  const allUploads = useUploadStore(({ uploads }) => uploads);
  const uploads = useMemo(() => allUploads.filter((upload) => upload.pileId === pileId), [allUploads, pileId]);
  const { data: pile, error, dataUpdatedAt } = usePile(pileId, { isWatched: uploads.length > 0 });
  const addUrls = useAddUrls();
  const removeImage = useRemoveImage(pileId);
  const [brokenOff, setBrokenOff] = useState<readonly string[]>([]);
  // Two drops in one moment make one pile.
  const beginning = useRef<Promise<string> | null>(null);

  useEffect(() => {
    if (pileId === null) return;
    void brokenOffFiles(pileId).then((names) => {
      // Those that this page is sending are begun, and not broken off.
      const sent = new Set(useUploadStore.getState().uploads.map(({ file }) => file.name));
      setBrokenOff(names.filter((name) => !sent.has(name)));
    });
  }, [pileId]);
  useEffect(() => {
    if (pile !== undefined) dropUploads(takenIn(pile, uploads, dataUpdatedAt).map(({ key }) => key));
  }, [pile, uploads, dataUpdatedAt]);

  const pileToFill = async (): Promise<string> => {
    if (pileId !== null) return pileId;
    beginning.current ??= startPile().then((started) => started.pileId);
    try {
      const begun = await beginning.current;
      onPile(begun);
      return begun;
    } finally {
      beginning.current = null;
    }
  };

  return {
    frames: useMemo(() => pileFrames(pile, uploads, previews), [pile, uploads, previews]),
    images: pile?.images ?? [],
    problems: pile?.problems ?? [],
    underWay: (pile?.underWay ?? 0) + uploads.filter(({ state }) => state !== 'failed').length,
    brokenOff: brokenOff.filter((name) => !uploads.some(({ file }) => file.name === name)),
    error,
    async addFiles(files) {
      const { wanted, leftOut } = sortedIntake(files);
      if (leftOut > 0) say.leftOut(leftOut);
      if (wanted.length === 0) return;
      try {
        addUploads(await pileToFill(), wanted);
      } catch (error) {
        say.problem(error);
      }
    },
    async addAddresses(urls) {
      try {
        await addUrls.mutateAsync({ pileId: await pileToFill(), urls });
      } catch (error) {
        say.problem(error);
      }
    },
    remove(frame) {
      const image = (pile?.images ?? []).find(({ position }) => frame.key === `image-${position}`);
      if (image === undefined) dropUploads([frame.key]);
      else removeImage.mutate(image.position, { onError: say.problem });
    },
    retry: (frame) => retryUpload(frame.key),
  };
}

function useNotices() {
  const { t } = useTranslation('parser');
  const wordsOf = useErrorWords();
  return {
    leftOut: (count: number) => notifications.show({ message: t('intake.leftOut', { count }) }),
    problem: (error: unknown) => notifications.show({ color: 'red', message: wordsOf(error) }),
  };
}
