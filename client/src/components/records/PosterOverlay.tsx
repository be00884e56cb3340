import type { PosterRecord } from '../../../../src/contract/poster.ts';
import type { Box } from '../../../../src/contract/show.ts';
import { thumbnailOf } from './thumbnail-widths.ts';
import classes from './Posters.module.css';

interface PosterOverlayProps {
  poster: PosterRecord;
  thumbnailUrl: string | null;
  /** Width by height. */
  aspect: number;
  /** Of each violating element, the number it has in the list beside the picture. */
  numbers: ReadonlyMap<number, number>;
  label: string;
}

const WIDTH = 1_000;

/** The poster with its zones, and on it the elements: those that violate one filled, and with their number. */
export function PosterOverlay({ poster, thumbnailUrl, aspect, numbers, label }: PosterOverlayProps) {
  const { elements, zones, crop } = poster;
  const height = WIDTH / aspect;
  const place = ([x, y, wide, high]: Box) => ({
    x: x * WIDTH,
    y: y * height,
    width: wide * WIDTH,
    height: high * height,
  });
  return (
    <div className={classes.picture} style={{ aspectRatio: String(aspect) }}>
      {thumbnailUrl !== null && (
        <img src={thumbnailOf(thumbnailUrl, 640)} alt="" loading="lazy" decoding="async" style={placeOfWhole(crop)} />
      )}
      <svg className={classes.overlay} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
        {zones.flatMap(({ name, boxes, compliant }) =>
          boxes.map((box) => (
            <g key={`${name} ${box.join(' ')}`} className={classes.zone} data-violated={!compliant || undefined}>
              <rect className={classes.halo} {...place(box)} />
              <rect {...place(box)} />
            </g>
          )),
        )}
        {elements.map(({ box, kind }, index) => {
          const number = numbers.get(index);
          if (box === null) return null;
          return (
            // Elements have no name of their own; their order never changes.
            // oxlint-disable-next-line react/no-array-index-key
            <g key={index} className={classes.element} data-kind={kind} data-bad={number !== undefined || undefined}>
              <rect className={classes.halo} {...place(box)} />
              <rect {...place(box)} />
              {number !== undefined && <NumberOf number={number} {...place(box)} limit={{ height }} />}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const RADIUS = 40;

/** At the corner of its element, and within the poster. */
function NumberOf({ number, x, y, limit }: { number: number; x: number; y: number; limit: { height: number } }) {
  const [cx, cy] = [
    Math.min(WIDTH - RADIUS, Math.max(RADIUS, x)),
    Math.min(limit.height - RADIUS, Math.max(RADIUS, y)),
  ];
  return (
    <>
      <circle cx={cx} cy={cy} r={RADIUS} />
      <text x={cx} y={cy} dy="0.36em" textAnchor="middle">
        {number}
      </text>
    </>
  );
}

/** Where the poster is a part of its image, the image is as much larger, and the frame shows the part. */
function placeOfWhole(crop: Box | null) {
  const [x, y, width, height] = crop ?? [0, 0, 1, 1];
  return {
    left: `${(-x / width) * 100}%`,
    top: `${(-y / height) * 100}%`,
    width: `${100 / width}%`,
    height: `${100 / height}%`,
  };
}
