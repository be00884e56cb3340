import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParserStore } from '../../stores/ParserStore.ts';
import { thumbnailOf } from '../records/thumbnail-widths.ts';
import type { StripFrame } from './recipe-words.ts';
import classes from './Film.module.css';

interface FrameStripProps {
  frames: readonly StripFrame[];
  /** Ids of those that light up. */
  marked: ReadonlySet<string>;
  chosenId: string | null;
  /** What is said of the choice. */
  told: ReactNode;
  isOver: boolean;
  onChoose: (imageId: string) => void;
}

const KEYS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** The frames of the video as a strip of film, in their order. One stop for Tab; arrow keys go from frame to frame. */
export function FrameStrip({ frames, marked, chosenId, told, isOver, onChoose }: FrameStripProps) {
  const { t } = useTranslation('recipes');
  const strip = useRef<HTMLOListElement>(null);
  const [stop, setStop] = useState(0);
  const first = frames.findIndex(({ imageId }) => imageId !== null && marked.has(imageId));
  useEffect(() => {
    // By itself, and not by scrollIntoView: the page must stay where the person reads.
    const [list, frame] = [strip.current, strip.current?.children[first]];
    if (list === null || !(frame instanceof HTMLElement)) return;
    list.scrollTo({ left: frame.offsetLeft - (list.clientWidth - frame.offsetWidth) / 3 });
  }, [first, chosenId]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = KEYS[event.key]?.(stop, frames.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setStop(next);
    strip.current?.children[next]?.querySelector('button')?.focus();
  };
  return (
    <section className={classes.film} aria-labelledby="frames-title">
      <div className={classes.filmHead}>
        <h2 id="frames-title">
          {t('strip.title')} <span data-figure="frames">{frames.length}</span>
        </h2>
        <p role="status">{frames.length === 0 ? (isOver ? t('strip.none') : t('strip.soon')) : told}</p>
      </div>
      {frames.length > 0 && (
        // Arrow keys are taken from the buttons in it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ol ref={strip} className={classes.frames} aria-label={t('strip.label')} onKeyDown={onKeyDown}>
          {frames.map((frame, at) => (
            <li key={frame.key}>
              <FilmFrame
                frame={frame}
                isMarked={frame.imageId !== null && marked.has(frame.imageId)}
                isDim={marked.size > 0}
                isChosen={frame.imageId !== null && frame.imageId === chosenId}
                isOver={isOver}
                isStop={at === Math.min(stop, frames.length - 1)}
                onChoose={() => {
                  setStop(at);
                  if (frame.imageId !== null) onChoose(frame.imageId);
                }}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface FilmFrameProps {
  frame: StripFrame;
  isMarked: boolean;
  isDim: boolean;
  isChosen: boolean;
  isStop: boolean;
  isOver: boolean;
  onChoose: () => void;
}

function FilmFrame({ frame, isMarked, isDim, isChosen, isStop, isOver, onChoose }: FilmFrameProps) {
  const { t } = useTranslation('recipes');
  const { number, time, description, thumbnailUrl } = frame;
  const ended = useParserStore(({ endedImages }) => endedImages.get(frame.liveKey));
  const state = ended === undefined || frame.state === 'done' ? frame.state : ended.ok ? 'done' : 'failed';
  // It has ended, and what came of it is a moment behind: only of a run that is over does no word mean no cooking.
  const words = description ?? t(`strip.state.${state === 'done' && !isOver ? 'pending' : state}`);
  return (
    <button
      type="button"
      className={classes.frame}
      aria-pressed={isChosen}
      data-marked={isMarked || undefined}
      data-dim={(isDim && !isMarked) || undefined}
      data-state={state}
      tabIndex={isStop ? 0 : -1}
      onClick={onChoose}
    >
      <span className={classes.edge}>
        <span className="edge-print">
          <span className="visually-hidden">{t('strip.frame')} </span>
          {number}
        </span>{' '}
        <span className="edge-print">{time}</span>
      </span>{' '}
      <span className={classes.picture}>
        {thumbnailUrl !== null && <img src={thumbnailOf(thumbnailUrl, 320)} alt="" loading="lazy" decoding="async" />}
      </span>
      <span className={classes.caption}>{words}</span>
    </button>
  );
}
