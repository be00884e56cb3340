import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParserStore } from '../../stores/ParserStore.ts';
import { useFormat } from '../format.ts';
import type { FrameData, FrameState } from './frame-data.ts';
import classes from './Frame.module.css';

export interface FrameActions {
  onRemove?: (frame: FrameData) => void;
  onRetry?: (frame: FrameData) => void;
}

/** One frame: number and kind on the edge, the picture, and below it how it stands. Drawn again only when it changes. */
export const Frame = memo(function Frame({ frame, onRemove, onRetry }: FrameActions & { frame: FrameData }) {
  const { t } = useTranslation('parser');
  const live = useParserStore(({ endedImages }) =>
    frame.liveKey === null ? undefined : endedImages.get(frame.liveKey),
  );
  const state: FrameState = live === undefined ? frame.state : live.ok ? 'done' : 'failed';
  return (
    <article className={classes.frame} data-state={state} aria-label={frame.name}>
      <div className={classes.edge}>
        <span className="edge-print">{frame.number ?? '–'}</span>
        <span className={classes.holes} aria-hidden />
        {onRemove !== undefined && (
          <button
            type="button"
            className={classes.remove}
            aria-label={t('frame.remove', { name: frame.name })}
            onClick={() => onRemove(frame)}
          >
            <IconX size={14} aria-hidden />
          </button>
        )}
      </div>
      <Picture frame={frame} />
      {state === 'sending' && (
        <progress
          className={classes.sent}
          max={1}
          value={frame.sentShare ?? 0}
          aria-label={t('frame.sending', { name: frame.name })}
        />
      )}
      {state === 'failed' && <PencilCross />}
      <div className={classes.caption}>
        <span className={classes.name} title={frame.name}>
          {frame.name}
        </span>
        <Standing frame={frame} state={state} ms={live?.ms ?? frame.ms} />
        {state === 'failed' && onRetry !== undefined && (
          <button
            type="button"
            className={classes.retry}
            aria-label={t('frame.retry', { name: frame.name })}
            onClick={() => onRetry(frame)}
          >
            <IconRefresh size={14} aria-hidden />
          </button>
        )}
      </div>
    </article>
  );
});

/** The server's small picture over the person's own, so that nothing flashes when it comes. */
function Picture({ frame }: { frame: FrameData }) {
  const { thumbnailUrl, previewUrl } = frame;
  return (
    <div className={classes.picture}>
      {previewUrl !== null && <img src={previewUrl} alt="" decoding="async" />}
      {thumbnailUrl !== null && <img src={thumbnailUrl} alt="" loading="lazy" decoding="async" />}
    </div>
  );
}

function Standing({ frame, state, ms }: { frame: FrameData; state: FrameState; ms: number }) {
  const { t } = useTranslation('parser');
  const format = useFormat();
  switch (state) {
    case 'done':
      return (
        <span className={classes.standing} data-good>
          <IconCheck size={13} stroke={3} aria-hidden /> {t('frame.done')}
          {ms > 0 && ` ${format.duration(ms)}`}
        </span>
      );
    case 'failed':
      return (
        <span className={classes.standing} data-bad title={frame.detail ?? undefined}>
          {t('frame.failed')}
        </span>
      );
    case 'duplicate':
      return <span className={classes.standing}>{t('frame.duplicate', { number: frame.duplicateOf ?? '?' })}</span>;
    case 'ready':
    case 'pending': {
      const [like] = frame.looksLike;
      if (like !== undefined) {
        return (
          <span className={classes.standing} data-like>
            {t('frame.looksLike', { number: like })}
          </span>
        );
      }
      return (
        <span className={classes.standing}>{state === 'pending' ? t('frame.pending') : (frame.origin ?? ' ')}</span>
      );
    }
    case 'waiting':
    case 'sending':
    case 'sent':
      return <span className={classes.standing}>{t(`frame.state.${state}`)}</span>;
  }
}

/** Drawn by hand over what cannot be used, as one does on paper. */
function PencilCross() {
  return (
    <svg className={classes.cross} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
      <path d="M6 10 C 30 34, 62 62, 95 92" />
      <path d="M93 7 C 66 36, 38 60, 7 94" />
    </svg>
  );
}
