import { useTranslation } from 'react-i18next';
import {
  ZONE_PRESETS,
  type PosterElement,
  type PosterRecord,
  type Violation,
} from '../../../../src/contract/poster.ts';
import { useFormat } from '../format.ts';

const LONGEST_QUOTE = 60;

/** What is said of posters, in the language of the page. */
export interface PosterWords {
  /** "Face 2", "Title “The Last Ferry”" */
  element(elements: readonly PosterElement[], index: number): string;
  zone(name: string): string;
  /** "34 %" of an element. */
  share(share: number): string;
  /** What to do about a violation. */
  remedy(violation: Pick<Violation, 'remedy'>, kind: PosterElement['kind'] | undefined): string;
  /** What limits the verdict. */
  remarks(poster: Pick<PosterRecord, 'judged' | 'isTextRead' | 'elements'>): string[];
}

export function usePosterWords(): PosterWords {
  const { t, i18n } = useTranslation('records');
  const format = useFormat();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const share = (part: number) => format.share(Math.max(0.01, part));
  const element: PosterWords['element'] = (elements, index) => {
    const own = elements[index];
    if (own === undefined) return '';
    const alike = elements.flatMap(({ kind }, at) => (kind === own.kind ? [at] : []));
    const noun = t(`posters.kind.${own.kind}`);
    const numbered = alike.length > 1 && own.text === null ? `${noun} ${alike.indexOf(index) + 1}` : noun;
    return own.text === null || own.kind === 'credits' ? numbered : `${numbered} “${shortened(own.text)}”`;
  };
  return {
    element,
    share,
    zone(name) {
      const preset = ZONE_PRESETS.find((each) => each === name);
      return preset === undefined ? name : t(`zones.preset.${preset}`);
    },
    remedy({ remedy }, kind) {
      if (remedy === null) return t('posters.remedy.none');
      const { moves, scale } = remedy;
      const ways = list.format(
        moves.map(({ direction, share: part }) => t(`posters.move.${direction}`, { share: share(part) })),
      );
      const size = scale === null ? '' : format.share(scale);
      if (moves.length === 0) return t('posters.remedy.smaller', { size });
      if (scale !== null) return t('posters.remedy.smallerAndMoved', { size, ways });
      return kind === 'face' ? t('posters.remedy.picture', { ways }) : t('posters.remedy.move', { ways });
    },
    remarks({ judged, isTextRead, elements }) {
      const unplaced = elements.flatMap(({ box }, index) => (box === null ? [element(elements, index)] : []));
      return [
        ...(judged === 'text' ? [t('posters.remark.text')] : []),
        ...(isTextRead ? [] : [t('posters.remark.unread')]),
        ...(elements.length === 0 ? [t('posters.remark.nothing')] : []),
        ...(unplaced.length > 0 ? [t('posters.remark.unplaced', { names: list.format(unplaced) })] : []),
      ];
    },
  };
}

function shortened(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
}
