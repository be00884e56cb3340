import { useElementSize, useMergedRef, useReducedMotion, useWindowEvent } from '@mantine/hooks';
import {
  IconChevronLeft,
  IconChevronRight,
  IconFocusCentered,
  IconMaximize,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from 'react-zoom-pan-pinch';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { Evidence } from '../../../../src/contract/show.ts';
import { fitted, MAX_SCALE, viewOf, type Size } from './image-view.ts';
import type { FieldPath } from './record-fields.ts';
import { placedField } from './sources.ts';
import review from './Review.module.css';
import classes from './SourceViewer.module.css';

/** How far an arrow key moves the image, in pixels. */
const STEP_PX = 60;
const ZOOM_STEP = 0.4;
const GLIDE_MS = 220;
/** Arrow keys move what cannot be dragged without a pointer, so it has a place of its own in the order of Tab. */
const REACHED_BY_TAB = { tabIndex: 0 };

/** Large enough for small print, and in a form that every browser shows. */
const largeUrl = (image: RunImage): string | null => image.thumbnailUrl?.replace(/\/\d+\.webp/, '/1280.webp') ?? null;

export interface SourceViewerProps {
  /** Of the show, in the order to step through. */
  images: { imageId: string; image: string }[];
  evidence: Evidence[];
  known: ReadonlyMap<string, RunImage>;
  imageId: string | null;
  field: FieldPath | null;
  onImage: (imageId: string) => void;
}

/** The image that a show was read from, under a loupe that goes to the place of the field in focus. */
export function SourceViewer({ images, evidence, known, imageId, field, onImage }: SourceViewerProps) {
  const { t } = useTranslation('review');
  const lens = useRef<ReactZoomPanPinchRef>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const at = images.findIndex((image) => image.imageId === imageId);
  const image = imageId === null ? undefined : known.get(imageId);
  const said = evidence.find((each) => each.imageId === imageId)?.fields ?? {};
  const fields = Object.entries(said);
  const shownField = placedField(said, field);
  const box = shownField === null ? null : (said[shownField]?.box ?? null);
  const { ref: place, width, height } = useElementSize();
  const view = useRef<HTMLDivElement>(null);
  const both = useMergedRef(place, view);
  const [natural, setNatural] = useState<{ imageId: string; size: Size } | null>(null);
  const isStill = useReducedMotion();
  const size = sizeOf(image) ?? (natural?.imageId === imageId ? natural.size : null);
  const content = size === null || width === 0 ? null : fitted(size, { width, height });
  const url = image === undefined ? null : largeUrl(image);

  const focus = (ms = isStill ? 0 : GLIDE_MS) => {
    if (content === null) return;
    const view = viewOf(box, content, { width, height });
    void lens.current?.setTransform(view.x, view.y, view.scale, ms);
  };
  const whole = () => {
    if (content === null) return;
    const view = viewOf(null, content, { width, height });
    void lens.current?.setTransform(view.x, view.y, view.scale, isStill ? 0 : GLIDE_MS);
  };
  const shown = useRef<string | null>(null);
  useEffect(() => {
    // Another image is shown at its place at once: to glide over it would look like the same one moving.
    const isSame = shown.current === imageId;
    shown.current = content === null ? null : imageId;
    focus(isSame ? undefined : 0);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- where the loupe goes depends on these alone
  }, [imageId, shownField, box?.join(), content?.width, content?.height, width, height]);

  useWindowEvent('keydown', (event) => {
    if (event.target !== view.current) return;
    const move: Record<string, [number, number]> = {
      ArrowLeft: [STEP_PX, 0],
      ArrowRight: [-STEP_PX, 0],
      ArrowUp: [0, STEP_PX],
      ArrowDown: [0, -STEP_PX],
    };
    const by = move[event.key];
    if (by !== undefined) void lens.current?.panBy(...by, 0);
    else if (event.key === '+' || event.key === '=') void lens.current?.zoomIn(ZOOM_STEP, 0);
    else if (event.key === '-') void lens.current?.zoomOut(ZOOM_STEP, 0);
    else return;
    event.preventDefault();
  });

  if (images.length === 0) return <p style={{ padding: 24 }}>{t('image.none')}</p>;
  const stepTo = (next: number) => {
    const found = images[(next + images.length) % images.length];
    if (found !== undefined) onImage(found.imageId);
  };
  return (
    <>
      <div className={`${review.bar} ${classes.imageBar}`}>
        {images.length > 1 && (
          <Tool label={t('image.previous')} onClick={() => stepTo(at - 1)} icon={<IconChevronLeft size={18} />} />
        )}
        <span className={`edge-print ${classes.imageName}`}>
          {t('image.step', { at: at + 1, of: images.length })} · {images[at]?.image}
        </span>
        {images.length > 1 && (
          <Tool label={t('image.next')} onClick={() => stepTo(at + 1)} icon={<IconChevronRight size={18} />} />
        )}
        <Tool
          label={t('image.zoomOut')}
          onClick={() => void lens.current?.zoomOut(ZOOM_STEP)}
          icon={<IconZoomOut size={18} />}
        />
        <Tool
          label={t('image.zoomIn')}
          onClick={() => void lens.current?.zoomIn(ZOOM_STEP)}
          icon={<IconZoomIn size={18} />}
        />
        <Tool label={t('image.whole')} onClick={whole} icon={<IconMaximize size={18} />} />
        <Tool
          label={t('image.toField')}
          onClick={() => focus()}
          isOff={box === null}
          icon={<IconFocusCentered size={18} />}
        />
      </div>
      <div className={classes.viewer} ref={both} {...REACHED_BY_TAB} role="application" aria-label={t('image.view')}>
        {url === null ? (
          <p style={{ padding: 24 }}>{t('image.missing')}</p>
        ) : (
          <TransformWrapper
            ref={lens}
            minScale={1}
            maxScale={MAX_SCALE}
            centerZoomedOut
            centerOnInit
            wheel={{ step: 0.08 }}
            doubleClick={{ mode: 'toggle' }}
            // Frames around fields keep their width, however near the loupe is.
            onTransform={(_lens, { scale }) => sheet.current?.style.setProperty('--zoom', String(scale))}
          >
            <TransformComponent wrapperClass={classes.lens ?? ''} contentClass={classes.sheet ?? ''}>
              <div
                ref={sheet}
                className={classes.sheet}
                style={{ width: content?.width ?? width, height: content?.height ?? 'auto' }}
              >
                <img
                  key={imageId}
                  src={url}
                  alt={t('image.alt', { name: images[at]?.image ?? '' })}
                  draggable={false}
                  onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                    imageId !== null && setNatural({ imageId, size: { width: naturalWidth, height: naturalHeight } })
                  }
                />
                {content !== null &&
                  fields.map(([path, { box: found }]) =>
                    found === null || path === 'schedule.text' ? null : (
                      <span
                        key={path}
                        className={classes.box}
                        data-focused={path === shownField || undefined}
                        style={placeOf(found)}
                      />
                    ),
                  )}
                {content !== null && shownField === 'schedule.text' && box !== null && (
                  <span className={classes.box} data-focused style={placeOf(box)} />
                )}
              </div>
            </TransformComponent>
          </TransformWrapper>
        )}
      </div>
      {images.length > 1 && (
        <nav className={classes.film} aria-label={t('image.label')}>
          {images.map(({ imageId: id, image: name }) => (
            <button
              key={id}
              type="button"
              className={classes.frame}
              aria-current={id === imageId}
              aria-label={name}
              onClick={() => onImage(id)}
            >
              {known.get(id)?.thumbnailUrl && (
                <img src={known.get(id)?.thumbnailUrl?.replace(/\/\d+\.webp/, '/160.webp')} alt="" />
              )}
            </button>
          ))}
        </nav>
      )}
    </>
  );
}

function Tool(props: { label: string; onClick: () => void; icon: ReactNode; isOff?: boolean }) {
  const { label, onClick, icon, isOff = false } = props;
  return (
    <button type="button" className={classes.tool} aria-label={label} title={label} onClick={onClick} disabled={isOff}>
      {icon}
    </button>
  );
}

function sizeOf(image: RunImage | undefined): Size | null {
  return image?.width && image.height ? { width: image.width, height: image.height } : null;
}

function placeOf([x, y, width, height]: [number, number, number, number]) {
  return { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` };
}
