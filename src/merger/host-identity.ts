import type { Host } from '../contract/show.ts';
import { editDistance, foldText, unifyLookalikes } from './name-form.ts';

const ROLE_WORDS = new Set(
  'kj dj vj vdj mc emcee hosted host by with the and karaoke entertainment productions llc inc'.split(' '),
);

/** The words of a host's or a company's name that tell it from others. */
export function hostWords(name: string): string[] {
  const words = foldText(name)
    .split(' ')
    .filter((word) => word !== '');
  const own = words.filter((word) => !ROLE_WORDS.has(word));
  return (own.length > 0 ? own : words).map(unifyLookalikes);
}

function sameName(a: string, b: string): boolean {
  const [wordsA, wordsB] = [hostWords(a), hostWords(b)];
  const [joinedA, joinedB] = [wordsA.join(''), wordsB.join('')];
  if (joinedA === joinedB) return true;
  if (wordsA.every((word) => wordsB.includes(word)) || wordsB.every((word) => wordsA.includes(word))) return true;
  return Math.min(joinedA.length, joinedB.length) >= 5 && editDistance(joinedA, joinedB, 1) <= 1;
}

/** Whether two readings name one host; a company printed where the other has its host's name counts as agreeing. */
export function compareHosts(a: Host, b: Host): 'agree' | 'differ' | 'unknown' {
  const namesA = [a.name, a.company].filter((name) => name !== null);
  const namesB = [b.name, b.company].filter((name) => name !== null);
  if (namesA.length === 0 || namesB.length === 0) return 'unknown';
  if (namesA.some((name) => namesB.some((other) => sameName(name, other)))) return 'agree';
  const isComparable = (a.name !== null && b.name !== null) || (a.company !== null && b.company !== null);
  return isComparable ? 'differ' : 'unknown';
}
