import { describe, expect, it } from '@jest/globals';
import { repairedText } from './line-repair.ts';

/** A line of which every character was read with certainty, but for the one marked by a `~` before it. */
function line(marked: string, probability = 0.5) {
  const doubtful = marked.indexOf('~');
  const text = marked.replace('~', '');
  const probabilities = [...text].map((_, index) => (index === doubtful ? probability : 1));
  return { text, probabilities, confidence: 0.95 };
}

describe('repairing a line', () => {
  it.each([
    ['~J KARAOKE THIS WEEK!', 'KARAOKE THIS WEEK!'],
    ['FRI ~o Moose Lodge', 'FRI Moose Lodge'],
    ['Open mic ~o', 'Open mic'],
  ])('drops the letter that an emoji was read as: %s', (read, meant) => {
    expect(repairedText(line(read))).toBe(meant);
  });

  it.each(['2301 ~E 7th Ave', 'N Main St', 'Karaoke 7 nights ~a week', '~E', '~9 PM'])('keeps %s', (read) => {
    expect(repairedText(line(read))).toBe(read.replace('~', ''));
  });

  it.each([
    ['2200 Ro0sevelt Blvd, Larg0, FL 33760', '2200 Roosevelt Blvd, Largo, FL 33760'],
    ['0pen till late, FL0RIDA', 'Open till late, FLORIDA'],
    ['MoNDAY, FRlDAY, FRl', 'MONDAY, FRIDAY, FRI'],
    ['lrish Pub ls open', 'Irish Pub Is open'],
    ["BilI's GrilI", "Bill's Grill"],
    ['EVERY M0N 1lam-l2:3Opm', 'EVERY MON 11am-12:30pm'],
    ['1O PM, 3O3 Main St, Room 2l05', '10 PM, 303 Main St, Room 2105'],
    ['$S10 buckets, I0 PM', '$10 buckets, 10 PM'],
  ])('tells lookalikes apart by the letters around: %s', (read, meant) => {
    expect(repairedText(line(read))).toBe(meant);
  });

  it('sets the spaces around commas and separating dots', () => {
    expect(repairedText(line('32 comments· 17 shares'))).toBe('32 comments · 17 shares');
    expect(repairedText(line('Cedar Creek Rd , Fort Collins'))).toBe('Cedar Creek Rd, Fort Collins');
    expect(repairedText(line('· 1,000 songs ·'))).toBe('· 1,000 songs ·');
  });

  it.each([
    'SoHo, NoHo and CoCo',
    'Suite B0, Unit 10a, 0am, X0',
    'McIntyre, SignIn, LouisII',
    'llama, Lloyd, 5 lbs, ltd',
    '100ml, 5 lb, 3l, off I95',
    "9 o'clock, 9o'clock, 5Oz, 2nd",
    'PM - 1 AM',
  ])('leaves alone what may be right: %s', (read) => {
    expect(repairedText(line(read))).toBe(read);
  });
});
