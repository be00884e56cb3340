import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { Frame, type FrameActions } from './Frame.tsx';
import type { FrameData } from './frame-data.ts';
import classes from './Frame.module.css';

interface ContactSheetProps extends FrameActions {
  frames: readonly FrameData[];
  label: string;
}

const FRAME_WIDTH = 148;
const ROW_HEIGHT = 216;
const ROWS_AHEAD = 3;

/** Pictures as frames of film, in rows. Only rows near the window are in the page: 500 pictures stay smooth. */
export function ContactSheet({ frames, label, ...actions }: ContactSheetProps) {
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const sheet = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(sizeRef, sheet);
  const [fromTop, setFromTop] = useState(0);
  const columns = Math.max(2, Math.floor(width / FRAME_WIDTH));
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : Math.ceil(frames.length / columns),
    estimateSize: () => ROW_HEIGHT,
    overscan: ROWS_AHEAD,
    scrollMargin: fromTop,
    // Rows are drawn ahead: none needs to be there in the very moment of the scrolling.
    useFlushSync: false,
  });
  // What stands above the sheet grows and shrinks while a run is under way.
  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null) return;
    const measure = () => setFromTop(element.getBoundingClientRect().top + globalThis.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className={classes.sheet}>
      <ul aria-label={label} className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().flatMap(({ index, start }) =>
          frames.slice(index * columns, (index + 1) * columns).map((frame, column) => (
            <li
              key={frame.key}
              className={classes.place}
              aria-setsize={frames.length}
              aria-posinset={index * columns + column + 1}
              style={{
                width: `${100 / columns}%`,
                left: `${(column * 100) / columns}%`,
                transform: `translateY(${start - fromTop}px)`,
              }}
            >
              <Frame frame={frame} {...actions} />
            </li>
          )),
        )}
      </ul>
    </div>
  );
}
