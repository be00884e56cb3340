import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POSTER_OPTIONS } from '../../../../src/contract/poster.ts';
import { ownZones, posterOptions, useChosenZones, type ChosenZones } from './chosen-zones.ts';

const chosen = (changes: Partial<ChosenZones>): ChosenZones => ({ ...useChosenZones.getInitialState(), ...changes });

describe('the zones of a run of posters', () => {
  it('are those of the server where nobody chose others', () => {
    const { zones, minOverlap } = DEFAULT_POSTER_OPTIONS;
    expect(posterOptions(chosen({}))).toEqual({ zones, minOverlap });
  });

  it('are presets and zones of one’s own, as a list or as options', () => {
    const mine = { name: 'mine', box: [0, 0.5, 1, 0.5] };
    for (const text of [JSON.stringify([mine]), JSON.stringify({ zones: [mine] })]) {
      expect(posterOptions(chosen({ presets: ['safe-margin'], ownText: text }))).toMatchObject({
        zones: ['safe-margin', mine],
      });
    }
  });

  it.each([
    ['[', 'notJson'],
    ['{}', 'notZones'],
    ['[{"name":"","box":[0,0,1,1]}]', 'notZones'],
    ['[{"name":"a","box":[0.5,0,0.6,1]}]', 'notZones'],
    ['[{"name":"a","box":[0,0,0,1]}]', 'notZones'],
    ['["top-ten"]', 'notZones'],
  ])('%s cannot be used', (text, problem) => {
    expect(ownZones(text)).toBe(problem);
  });

  it('are refused where there is none, or two of one name, or too many', () => {
    expect(posterOptions(chosen({ presets: [] }))).toBe('none');
    expect(posterOptions(chosen({ ownText: '[{"name":"top-ten","box":[0,0,1,1]}]' }))).toBe('sameName');
    const many = Array.from({ length: 21 }, (_, at) => ({ name: `z${at}`, box: [0, 0, 1, 1] }));
    expect(posterOptions(chosen({ ownText: JSON.stringify(many) }))).toBe('tooMany');
  });
});
