import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import { moved, zoomed, type View } from './timeline-view.ts';

const NEARER = 0.6;
const STEP = 0.2;

export interface TimelineControl {
  view: View;
  isAll: boolean;
  zoom: (direction: 'in' | 'out', anchor?: number) => void;
  move: (direction: -1 | 1) => void;
  all: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => void;
  /** @returns whether the picture is being dragged */
  onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => boolean;
  onPointerUp: () => void;
}

/** The part of a run that is looked at, moved by hand, wheel and keys. A run that grows is shown whole until it was touched. */
export function useTimelineView(
  wallMs: number,
  canvas: RefObject<HTMLCanvasElement | null>,
  gutterPx: number,
): TimelineControl {
  const [chosen, setChosen] = useState<View | null>(null);
  const view = chosen ?? { fromMs: 0, toMs: Math.max(1, wallMs) };
  const dragged = useRef<{ x: number; view: View } | null>(null);
  const change = (next: (before: View) => View) =>
    setChosen((before) => {
      const after = next(before ?? { fromMs: 0, toMs: Math.max(1, wallMs) });
      return after.fromMs <= 0 && after.toMs >= wallMs ? null : after;
    });
  const zoom = (direction: 'in' | 'out', anchor = 0.5) =>
    change((before) => zoomed(before, direction === 'in' ? NEARER : 1 / NEARER, anchor, wallMs));
  const move = (direction: -1 | 1) =>
    change((before) => moved(before, direction * STEP * (before.toMs - before.fromMs), wallMs));

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left = 0, width = 1 } = canvas.current?.getBoundingClientRect() ?? {};
    const anchor = Math.min(1, Math.max(0, (event.clientX - left - gutterPx) / Math.max(1, width - gutterPx)));
    const factor = Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150);
    change((before) => zoomed(before, factor, anchor, wallMs));
  });
  useEffect(() => {
    const element = canvas.current;
    const listen = (event: WheelEvent) => onWheel(event);
    // React listens to wheels without the right to keep the page from being zoomed by them.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [canvas]);

  return {
    view,
    isAll: chosen === null,
    zoom,
    move,
    all: () => setChosen(null),
    onKeyDown(event) {
      const actions: Record<string, () => void> = {
        ArrowLeft: () => move(-1),
        ArrowRight: () => move(1),
        '+': () => zoom('in'),
        '=': () => zoom('in'),
        '-': () => zoom('out'),
        '0': () => setChosen(null),
      };
      const action = actions[event.key];
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      action();
    },
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = { x: event.clientX, view };
    },
    onPointerMove(event) {
      const from = dragged.current;
      if (from === null) return false;
      const width = event.currentTarget.clientWidth - gutterPx;
      const perPx = (from.view.toMs - from.view.fromMs) / Math.max(1, width);
      change(() => moved(from.view, (from.x - event.clientX) * perPx, wallMs));
      return Math.abs(from.x - event.clientX) > 3;
    },
    onPointerUp() {
      dragged.current = null;
    },
  };
}
