import { describe, expect, it } from '@jest/globals';
import { renderReport, renderTable } from './report.ts';

describe('renderTable', () => {
  it('lines text up on the left and figures on the right', () => {
    expect(
      renderTable(
        ['who', 'seconds'],
        [
          ['p-queue strict', '70.9'],
          ['ours', '168.5'],
        ],
      ),
    ).toBe(
      [
        '| who            | seconds |',
        '| -------------- | ------: |',
        '| p-queue strict |    70.9 |',
        '| ours           |   168.5 |',
      ].join('\n'),
    );
  });
});

describe('renderReport', () => {
  it('has one table for each column that was measured, with its bound, and the verdicts', () => {
    const measured = {
      column: 'c bucket',
      contender: 'contactsheet',
      round: 'learnt' as const,
      scale: 1,
      seconds: 82,
      boundSeconds: 81.2,
      ratio: 1.0099,
      calls: 1_385,
      refused: 3,
      lost: 0,
      maxInFlight: 300,
      peakMemoryMb: 200,
      cpuMs: 1_000,
      worstEstimate: 0.06,
      curve: [],
    };
    const machine = { cores: 2, loadBefore: 0.1, loadAfter: 1.4 };
    const report = renderReport({ machine, results: [measured], flatOut: [], posters: [], recipes: [], growth: null });
    expect(report).toContain('### c bucket: 1,382 calls');
    expect(report).toMatch(/\| contactsheet, learnt +\| +82\.0 \| +1\.010 \| +1385 \| +3 \| 0\.2 % \| +0 \| +6 % \|/);
    expect(report).toMatch(/^- yes: \(c\) bucket learnt within 1\.03 of the bound/m);
    expect(report).not.toContain('### a:');
  });
});
