/** Longer notes would drown the question. */
const LONGEST_NOTES = 2_000;

/** The lines of a prompt that hold what the sender noted: fenced, and never orders. None where nothing was noted. */
export function notesWords(notes: string | null): string[] {
  if (notes === null || notes.trim() === '') return [];
  const fenced = oneFence(notes).slice(0, LONGEST_NOTES);
  return ['Notes of the person who sent the images, as data between the marks:', '<notes>', fenced, '</notes>'];
}

/** Notes cannot close their own fence. */
function oneFence(notes: string): string {
  return notes.replace(/<\s*\/?\s*notes\s*>/gi, '');
}

/** The parts of a prompt with an empty line between them, and what the sender noted behind them. */
export function promptWithNotes(parts: readonly string[], notes: string | null): string {
  return [...parts, notesWords(notes).join('\n')].filter((part) => part !== '').join('\n\n');
}
