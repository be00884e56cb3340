import { FileButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ACCEPTED } from '../parser/intake-files.ts';
import type { FrameData } from '../sheet/frame-data.ts';
import classes from './Submit.module.css';

interface ImageTileProps {
  frame: FrameData;
  onRemove: (frame: FrameData) => void;
  onRetry: (frame: FrameData) => void;
  onReplace: (frame: FrameData, file: File) => void;
}

/** One image that was given: the picture, how its sending stands, and what can be done about it. */
export function ImageTile({ frame, onRemove, onRetry, onReplace }: ImageTileProps) {
  const { t } = useTranslation('submit');
  const { state, name, previewUrl, thumbnailUrl } = frame;
  return (
    <li className={classes.tile} data-state={state}>
      <div className={classes.picture}>
        {previewUrl === null && thumbnailUrl === null && <span className="edge-print">{t('tile.noPicture')}</span>}
        {previewUrl !== null && <img src={previewUrl} alt="" decoding="async" />}
        {thumbnailUrl !== null && <img src={thumbnailUrl} alt="" decoding="async" />}
      </div>
      {state === 'sending' && (
        <progress
          className={classes.sent}
          max={1}
          value={frame.sentShare ?? 0}
          aria-label={t('tile.sending', { name })}
        />
      )}
      <div className={classes.caption}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        <Standing frame={frame} />
      </div>
      <div className={classes.buttons}>
        {state === 'failed' && (
          <>
            <button type="button" onClick={() => onRetry(frame)} aria-label={t('tile.retryName', { name })}>
              {t('tile.retry')}
            </button>
            <FileButton accept={ACCEPTED} onChange={(file) => file !== null && onReplace(frame, file)}>
              {(props) => (
                <button type="button" {...props} aria-label={t('tile.replaceName', { name })}>
                  {t('tile.replace')}
                </button>
              )}
            </FileButton>
          </>
        )}
        <button type="button" onClick={() => onRemove(frame)} aria-label={t('tile.removeName', { name })}>
          {t('tile.remove')}
        </button>
      </div>
    </li>
  );
}

function Standing({ frame: { state, sentShare, duplicateOf, detail } }: { frame: FrameData }) {
  const { t } = useTranslation('submit');
  if (state === 'failed') return <span className={classes.bad}>{detail ?? t('failure.other')}</span>;
  if (state === 'duplicate')
    return <span className={classes.dim}>{t('tile.duplicate', { number: duplicateOf ?? '?' })}</span>;
  if (state === 'sending') return <span className={classes.dim}>{Math.round((sentShare ?? 0) * 100)} %</span>;
  if (state === 'ready') return <span className={classes.good}>{t('tile.ready')}</span>;
  return <span className={classes.dim}>{t('tile.waiting')}</span>;
}
