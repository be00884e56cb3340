import { describe, expect, it } from '@jest/globals';
import { LABEL_FILES, readLabels, SCHEDULE_THRESHOLD, scheduleShortfalls, scoreSchedules } from './schedule-labels.ts';

describe('wordings labelled by hand', () => {
  it.each([
    ['texts', 120],
    ['flyers', 80],
  ] as const)('%s are read right, and nothing is invented', (name, least) => {
    const labels = readLabels(LABEL_FILES[name]);
    expect(new Set(labels.map(({ words }) => words)).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThanOrEqual(least);
    const score = scoreSchedules(labels);
    expect(score.invented).toEqual([]);
    expect(score.accuracy).toBeGreaterThanOrEqual(SCHEDULE_THRESHOLD);
    expect(scheduleShortfalls(name, score)).toEqual([]);
  });

  it('count a wording as wrong where one column of one schedule is, and a value that is not printed as invented', () => {
    const none = { rule: 'weekly FR', start: '', end: '', from: '', until: '', except: '', marks: '' };
    const score = scoreSchedules([{ words: 'Fridays 9pm-1am', schedules: [{ ...none, start: '21:00' }] }]);
    expect(score).toMatchObject({ wordings: 1, right: 0, accuracy: 0, invented: ['end "01:00" in "Fridays 9pm-1am"'] });
    expect(scheduleShortfalls('texts', score)).toEqual([
      'schedules of texts 0.000 < 0.97',
      '1 values invented in schedules of texts',
    ]);
  });
});
