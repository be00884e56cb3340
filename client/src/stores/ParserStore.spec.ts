import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterEvents, imageKey, useParserStore } from './ParserStore.ts';

const nothing = useParserStore.getInitialState();
const image = (name: string, ok: boolean) => ({
  type: 'image',
  data: { image: name, imageId: `id-${name}`, ok, ms: 5, ...(ok ? {} : { code: 'model.timeout' }) },
});
const venue = { name: 'Bar' };
const record = (id: string, more: object = {}) => ({ type: 'record', data: { id, venue, ...more } });
const product = (id: string, more: object = {}) => ({ type: 'record', data: { id, places: [], ...more } });
const done = { type: 'done', data: {} };
const key = (name: string) => imageKey({ imageId: `id-${name}`, image: name });

describe('what is known of a run after its events', () => {
  it('is the same however they are gathered, and when a stream begins again in the middle', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const event = fc.oneof(
      fc.tuple(names, fc.boolean()).map(([name, ok]) => image(name, ok)),
      names.map((id) => record(id)),
      fc.nat(9).map((processedImages) => ({ type: 'progress', data: { processedImages } })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), fc.nat(30), (events, cut) => {
        const atOnce = afterEvents(nothing, events);
        const inTwo = afterEvents(afterEvents(nothing, events.slice(0, cut)), events.slice(cut));
        expect(new Map(inTwo.endedImages)).toEqual(new Map(atOnce.endedImages));
        expect(inTwo.progress).toEqual(atOnce.progress);
        expect([...inTwo.shows.keys()].sort()).toEqual([...atOnce.shows.keys()].sort());
        const again = afterEvents(atOnce, events);
        expect(again.endedImages).toEqual(atOnce.endedImages);
        expect([...again.shows.keys()]).toEqual([...atOnce.shows.keys()]);
      }),
    );
  });

  it('keeps a changed show where it was, puts new ones first, and drops those that became part of another', () => {
    const two = afterEvents(nothing, [record('a'), record('b')]);
    expect([...two.shows.keys()]).toEqual(['b', 'a']);
    const changed = afterEvents(two, [record('a', { notes: 'new' }), record('c')]);
    expect([...changed.shows.keys()]).toEqual(['c', 'b', 'a']);
    expect(changed.shows.get('a')).toEqual({ id: 'a', venue, notes: 'new' });
    const merged = afterEvents(changed, [record('a', { supersedes: ['b'] })]);
    expect([...merged.shows.keys()]).toEqual(['c', 'a']);
    expect(merged.shows.get('a')).toEqual({ id: 'a', venue });
  });

  it('keeps records of other analyses apart from shows, by their ids', () => {
    const two = afterEvents(nothing, [product('p'), product('q'), record('a')]);
    expect([...two.records.keys()]).toEqual(['q', 'p']);
    expect([...two.shows.keys()]).toEqual(['a']);
    const merged = afterEvents(two, [product('p', { supersedes: ['q'] })]);
    expect([...merged.records]).toEqual([['p', { id: 'p', places: [] }]]);
    expect([...merged.shows.keys()]).toEqual(['a']);
  });

  it('has no failures of before once a run that was over is read on', () => {
    const over = afterEvents(nothing, [image('a', true), image('b', false), done]);
    expect(over.endedImages.get(key('b'))).toEqual({ ok: false, ms: 5, code: 'model.timeout' });
    expect(over.ends).toBe(1);
    const onceMore = afterEvents(over, [{ type: 'progress', data: {} }]);
    expect(onceMore.endedImages.has(key('b'))).toBe(false);
    expect(onceMore.endedImages.has(key('a'))).toBe(true);
    const ended = afterEvents(onceMore, [image('b', true), done]);
    expect(ended.endedImages.get(key('b'))).toEqual({ ok: true, ms: 5 });
    expect(ended.ends).toBe(2);
  });
});
