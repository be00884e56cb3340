import { describe, expect, it } from '@jest/globals';
import { actionOf, REVIEW_KEYS, type KeyPress, type ReviewAction } from './review-keys.ts';

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...part,
});
const free = { isTyping: false, isOn: true };

describe('actionOf', () => {
  it('knows each key, also with the shift lock on', () => {
    for (const [action, key] of Object.entries(REVIEW_KEYS) as [ReviewAction, string][]) {
      expect(actionOf(press(key), free)).toBe(action);
      expect(actionOf(press(key.toUpperCase()), free)).toBe(action);
    }
  });

  it('has a key of its own for each action', () => {
    expect(new Set(Object.values(REVIEW_KEYS)).size).toBe(Object.keys(REVIEW_KEYS).length);
  });

  it('does nothing while a person types, or has turned the keys off', () => {
    expect(actionOf(press('a'), { ...free, isTyping: true })).toBeNull();
    expect(actionOf(press('a'), { ...free, isOn: false })).toBeNull();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('leaves keys with %s to the browser', (modifier) => {
    expect(actionOf(press('a', { [modifier]: true }), free)).toBeNull();
  });

  it('takes a key held down for one decision, but walks on through the list', () => {
    expect(actionOf(press('a', { repeat: true }), free)).toBeNull();
    expect(actionOf(press('j', { repeat: true }), free)).toBe('next');
  });

  it('knows no other keys', () => {
    for (const key of ['Enter', 'ArrowDown', 'x', 'Escape', ' ']) expect(actionOf(press(key), free)).toBeNull();
  });
});
