import { memo, useId, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useParserStore } from '../../stores/ParserStore.ts';
import { boxTowards, type Direction, type SceneBox, type SceneImage } from './product-scene.ts';
import { thumbnailOf } from './thumbnail-widths.ts';
import classes from './Products.module.css';

interface ShelfImageProps {
  image: SceneImage;
  /** Name of a product by its id. */
  nameOf: ReadonlyMap<string, string>;
  chosenProduct: string | null;
  /** Key of the box that was chosen, where it is in this image. */
  chosenBox: string | null;
  onBox: (box: SceneBox | null) => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Boxes are drawn where nothing tells the size of the picture. */
const UNKNOWN_SIZE = 1_000;

/** One image as a frame of film with its boxes over it: faint while they wait, lit up as they are answered. */
export const ShelfImage = memo(function ShelfImage({
  image,
  nameOf,
  chosenProduct,
  chosenBox,
  onBox,
}: ShelfImageProps) {
  const { t } = useTranslation('records');
  const idOf = useId();
  const { boxes, name, thumbnailUrl } = image;
  const [width, height] = [image.width ?? UNKNOWN_SIZE, image.height ?? UNKNOWN_SIZE];
  const current = boxes.find(({ key }) => key === chosenBox) ?? null;
  const domId = ({ number }: SceneBox) => `${idOf}-${number}`;
  const labelOf = ({ number, productId, state }: SceneBox) =>
    (productId === null ? undefined : nameOf.get(productId)) ??
    t(`products.box.${state === 'failed' ? 'failed' : state === 'done' ? 'done' : 'pending'}`, { number });
  const go = (event: KeyboardEvent) => {
    const { key } = event;
    const direction = ARROWS[key];
    const [first, last] = [boxes[0] ?? null, boxes.at(-1) ?? null];
    if (direction) onBox(current ? (boxTowards(boxes, current, direction) ?? current) : first);
    else if (key === 'Home') onBox(first);
    else if (key === 'End') onBox(last);
    else if (key === 'Escape') onBox(null);
    else return;
    event.preventDefault();
  };
  return (
    <figure className={classes.shelf} data-shelf={name}>
      <figcaption className={classes.edge}>
        <span className="edge-print">{image.number}</span>
        <span className={classes.name} title={name}>
          {name}
        </span>
        <Answered image={image} />
      </figcaption>
      <div
        className={classes.picture}
        style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(82vh * ${(width / height).toFixed(4)})` }}
      >
        {thumbnailUrl !== null && <img src={thumbnailOf(thumbnailUrl, 1280)} alt={name} decoding="async" />}
        {boxes.length > 0 && (
          <svg
            className={classes.boxes}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            role="listbox"
            aria-label={t('products.boxesOf', { name })}
            aria-activedescendant={current ? domId(current) : undefined}
            tabIndex={0}
            data-choice={chosenProduct !== null || current !== null || undefined}
            onKeyDown={go}
          >
            {boxes.map((box) => (
              <BoxOutline
                key={box.key}
                id={domId(box)}
                box={box}
                width={width}
                height={height}
                label={labelOf(box)}
                isChosen={box.key === chosenBox || (chosenProduct !== null && box.productId === chosenProduct)}
                onBox={onBox}
              />
            ))}
          </svg>
        )}
        {current && <Chip box={current} label={labelOf(current)} />}
      </div>
    </figure>
  );
});

interface BoxOutlineProps {
  id: string;
  box: SceneBox;
  /** Of the image, px. */
  width: number;
  height: number;
  label: string;
  isChosen: boolean;
  onBox: (box: SceneBox | null) => void;
}

const BoxOutline = memo(function BoxOutline({ id, box, width, height, label, isChosen, onBox }: BoxOutlineProps) {
  const live = useParserStore(({ endedImages }) => endedImages.get(box.liveKey));
  const state = live === undefined ? box.state : live.ok ? 'done' : 'failed';
  const [x, y, wide, high] = box.box;
  return (
    // The list around it has the keys, as lists do.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <rect
      id={id}
      className={classes.box}
      role="option"
      aria-selected={isChosen}
      aria-label={label}
      data-state={state === 'done' && box.productId === null ? 'empty' : state}
      data-chosen={isChosen || undefined}
      x={x * width}
      y={y * height}
      width={wide * width}
      height={high * height}
      vectorEffect="non-scaling-stroke"
      onClick={() => onBox(isChosen ? null : box)}
    />
  );
});

/** The name over the box that was chosen. */
function Chip({ box, label }: { box: SceneBox; label: string }) {
  const [x, y, wide, high] = box.box;
  const isHigh = y < 0.08;
  // It must not stand out over the right edge.
  const side = x > 0.6 ? { right: `${(1 - x - wide) * 100}%` } : { left: `${x * 100}%` };
  return (
    <span
      className={classes.chip}
      aria-hidden
      style={{ ...side, top: `${(isHigh ? y + high : y) * 100}%` }}
      data-below={isHigh || undefined}
    >
      {label}
    </span>
  );
}

/** "54 of 172 answered": alone, so that an answer draws a figure and a box. */
function Answered({ image: { units } }: { image: SceneImage }) {
  const { t } = useTranslation('records');
  const done = useParserStore(
    ({ endedImages }) =>
      units.filter(({ liveKey, state }) => state === 'done' || state === 'failed' || endedImages.has(liveKey)).length,
  );
  return (
    <span className={classes.answered} data-full={done === units.length || undefined}>
      {t('products.answered', { done, total: units.length })}
    </span>
  );
}
