import { describe, expect, it } from '@jest/globals';
import { calibrationOf, calibrationReport } from './calibration.ts';

const said = (confidence: number, isRight: boolean) => ({ field: 'venue', confidence, isRight });

describe('calibrationOf', () => {
  it('counts by what was said, and how much of the sure is right and of the right is sure', () => {
    const calibration = calibrationOf([
      said(0.99, true),
      said(0.9, true),
      said(0.92, false),
      said(0.6, true),
      said(0, false),
    ]);
    expect(calibration.bins.map(({ fields, right }) => [fields, right])).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
      [0, 0],
      [2, 1],
      [1, 1],
    ]);
    expect(calibration.sureRight).toBeCloseTo(2 / 3, 5);
    expect(calibration.rightSure).toBeCloseTo(2 / 3, 5);
    expect(calibrationReport(calibration)).toContain('of fields with 0.90 and more 0.667 are right');
  });

  it('counts the whole of a certain field, and says nothing of none', () => {
    expect(calibrationOf([said(1, true)]).bins.at(-1)).toMatchObject({ fields: 1, right: 1 });
    expect(calibrationReport(calibrationOf([]))).toBe('');
  });
});
