/** What a single key does. */
export const REVIEW_KEYS = {
  accept: 'a',
  edit: 'e',
  skip: 's',
  undo: 'u',
  next: 'j',
  previous: 'k',
  nextConflict: 'n',
  nextImage: 'i',
  help: '?',
} as const;
export type ReviewAction = keyof typeof REVIEW_KEYS;

/** The parts of a keyboard event that count. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Still held down from before: one press is one decision. */
  repeat: boolean;
}

const REPEATABLE: readonly ReviewAction[] = ['next', 'previous'];

/**
 * The action of a key press; null for none. Keys with Ctrl, Cmd or Alt belong to the browser, and while a person types, or
 * a dialog is open, letters are letters (WCAG 2.1.4).
 */
export function actionOf(
  press: KeyPress,
  { isTyping, isOn }: { isTyping: boolean; isOn: boolean },
): ReviewAction | null {
  if (!isOn || isTyping || press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const action = (Object.keys(REVIEW_KEYS) as ReviewAction[]).find((each) => REVIEW_KEYS[each] === key) ?? null;
  return action !== null && press.repeat && !REPEATABLE.includes(action) ? null : action;
}

const TYPED_INTO =
  'input:not([type=radio]):not([type=checkbox]):not([type=button]),textarea,select,[contenteditable=true]';

/** Whether keys pressed here are text, or move within a widget of its own (a menu, a list of choices, a dialog). */
export function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(`${TYPED_INTO},[data-typing],[role=dialog],[role=menu],[role=listbox],[role=combobox]`) !== null
  );
}
