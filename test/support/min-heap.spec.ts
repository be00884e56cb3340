import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MinHeap } from './min-heap.ts';

describe('MinHeap', () => {
  it('gives what it was given, least first, whenever it is asked', () => {
    // null takes one out.
    const steps = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(null)), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (plan) => {
        const heap = new MinHeap<number>((a, b) => a - b);
        const model: number[] = [];
        for (const step of plan) {
          if (step === null) {
            expect(heap.pop()).toBe(model.shift());
          } else {
            heap.push(step);
            model.push(step);
            model.sort((a, b) => a - b);
          }
          expect([heap.size, heap.peek()]).toEqual([model.length, model[0]]);
        }
      }),
    );
  });
});
