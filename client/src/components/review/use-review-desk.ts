import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Changeset, ChangesetItem, Decision, FieldValue } from '../../../../src/contract/catalogue.ts';
import type { ShowFacts } from '../../../../src/contract/show.ts';
import {
  useDecisions,
  useDecisionsUnderWay,
  useRegroup,
  withDecisionsUnderWay,
  type DecisionSent,
  type Regrouping,
} from '../../api/review.ts';
import { problemsOf } from './field-checks.ts';
import { changedFields, patchOf, withValue, type FieldPath } from './record-fields.ts';
import {
  isClean,
  nameOf,
  neighbour,
  nextConflict,
  nextUndecided,
  passes,
  worstFirst,
  type ReviewFilter,
} from './review-order.ts';
import type { ReviewAction } from './review-keys.ts';
import { firstField, imageFor, imagesOf } from './sources.ts';

interface Place {
  itemId: string | null;
  field: FieldPath | null;
  imageId: string | null;
}

/** What undo goes back to: decisions as they were, or items as they were before they were merged or split. */
type Before =
  { kind: 'decisions'; of: { itemId: string; decision: Decision | null }[] } | { kind: 'shape'; itemId: string };

/** What an item is edited from. */
export const baseOf = ({ proposed, listed }: ChangesetItem): ShowFacts | null => proposed ?? listed;

/** The record that the server would list if the item were accepted as it was decided last. */
export const decidedFacts = (item: ChangesetItem): ShowFacts | null => item.decision?.record ?? baseOf(item);

/** What a decision on these facts is: accepted as proposed, or edited. */
export function decisionOn(item: ChangesetItem, facts: ShowFacts | null): DecisionSent {
  const base = baseOf(item);
  if (facts !== null && base !== null && changedFields(base, facts).length > 0) {
    return {
      given: { itemId: item.id, action: 'edit', record: patchOf(base, facts) },
      decision: { action: 'edit', record: facts },
    };
  }
  // That a show was not seen is no reason to change it, and the server takes no acceptance of it.
  const action = item.kind === 'notSeen' ? 'skip' : 'accept';
  return { given: { itemId: item.id, action }, decision: { action, record: null } };
}

/** As it was: what undo sends. */
export function decisionBack(item: ChangesetItem, before: Decision | null): DecisionSent {
  if (before === null) return { given: { itemId: item.id, action: 'reset' }, decision: null };
  if (before.action === 'edit') return decisionOn(item, before.record);
  return { given: { itemId: item.id, action: before.action }, decision: before };
}

/** All that the desk of a review knows and does: where one is, what is edited, what was decided, and the way back. */
export function useReviewDesk(changeset: Changeset) {
  const { t } = useTranslation(['review', 'common']);
  const sending = useDecisions(changeset.id);
  const underWay = useDecisionsUnderWay(changeset.id);
  const regrouping = useRegroup(changeset.id);
  const ordered = useMemo(() => worstFirst(changeset.items), [changeset.items]);
  const items = withDecisionsUnderWay(ordered, underWay);

  const [filter, setFilter] = useState<ReviewFilter>('all');
  const [place, setPlace] = useState<Place>({ itemId: null, field: null, imageId: null });
  const [drafts, setDrafts] = useState<ReadonlyMap<string, ShowFacts>>(new Map());
  const [editedId, setEditedId] = useState<string | null>(null);
  const [history, setHistory] = useState<Before[]>([]);
  const [said, setSaid] = useState('');

  const visible = items.filter((item) => passes(item, filter));
  const item =
    items.find(({ id }) => id === place.itemId) ??
    visible.find((each) => passes(each, 'undecided')) ??
    visible[0] ??
    null;
  const field = place.field ?? (item === null ? null : firstField(item));
  const record = item?.record ?? null;
  const imageId = imageFor(record, place.imageId === null ? field : null, place.imageId);
  const facts = item === null ? null : (drafts.get(item.id) ?? decidedFacts(item));
  const problems = facts === null ? new Map<FieldPath, never>() : problemsOf(facts);
  const saved = item === null ? null : decidedFacts(item);
  const unsaved = facts === null || saved === null ? [] : changedFields(saved, facts);
  const isOpen = changeset.state !== 'published';
  const isEditing = item !== null && isOpen && editedId === item.id;
  const title = (each: ChangesetItem) => nameOf(each) ?? t('common:unknownVenue');

  const goTo = (itemId: string | null, at: FieldPath | null = null) => {
    if (itemId !== item?.id) setEditedId(null);
    setPlace({ itemId, field: at, imageId: null });
  };
  const look = (at: FieldPath, inImage: string | null = null) => {
    const kept = inImage ?? (imageId !== null && imageFor(record, at, imageId) === imageId ? imageId : null);
    setPlace({ itemId: item?.id ?? null, field: at, imageId: kept });
  };
  const showImage = (id: string) => setPlace({ itemId: item?.id ?? null, field, imageId: id });
  const forgetDraft = (itemId: string) => setDrafts((all) => new Map([...all].filter(([id]) => id !== itemId)));
  const setDraft = (next: ShowFacts) => item !== null && setDrafts((all) => new Map([...all, [item.id, next]]));
  const setValue = (path: FieldPath, value: FieldValue) => facts !== null && setDraft(withValue(facts, path, value));
  const discard = () => {
    if (item !== null) forgetDraft(item.id);
    setEditedId(null);
  };

  const send = (sent: DecisionSent[], before: Before | null) => {
    if (before !== null) setHistory((all) => [...all, before]);
    sending.mutate(sent);
  };
  const beforeOf = (of: readonly ChangesetItem[]): Before => ({
    kind: 'decisions',
    of: of.map(({ id, decision }) => ({ itemId: id, decision })),
  });
  const decide = (sent: DecisionSent, words: string) => {
    if (item === null) return;
    send([sent], beforeOf([item]));
    forgetDraft(item.id);
    setEditedId(null);
    setSaid(words);
    goTo(nextUndecided(visible, item.id) ?? item.id);
  };
  const accept = () => {
    if (item === null) return;
    if (unsaved.length > 0 && problems.size > 0) return setSaid(t('review:said.fixFirst'));
    const sent = decisionOn(item, facts);
    decide(sent, t(`review:said.${sent.decision?.action ?? 'accept'}`, { name: title(item) }));
  };
  const skip = () => {
    if (item === null) return;
    const decision = { action: 'skip', record: null } as const;
    decide({ given: { itemId: item.id, action: 'skip' }, decision }, t('review:said.skip', { name: title(item) }));
  };
  /** Any other decision on the item that is looked at, such as listing it as cancelled. */
  const acceptAs = (next: ShowFacts) =>
    item !== null && decide(decisionOn(item, next), t('review:said.edit', { name: title(item) }));
  /** Merges or splits, and goes to what was made. */
  const reshape = (given: Exclude<Regrouping, { kind: 'unmerge' }>, onDone: () => void) =>
    regrouping.mutate(given, {
      onSuccess: (after) => {
        const made = after.items.filter(({ id }) => !items.some((each) => each.id === id));
        const first = made[0];
        if (first !== undefined) setHistory((all) => [...all, { kind: 'shape', itemId: first.id }]);
        goTo(first?.id ?? null);
        setSaid(t(given.kind === 'merge' ? 'review:said.merged' : 'review:said.split'));
        onDone();
      },
    });
  const takeBack = (itemId: string) =>
    regrouping.mutate(
      { kind: 'unmerge', itemId },
      {
        onSuccess: (after) => {
          const back = after.items.find(({ id }) => !items.some((each) => each.id === id));
          goTo(back?.id ?? null);
          setSaid(t('review:said.unmerged'));
        },
      },
    );
  const undo = () => {
    const last = history.at(-1);
    if (last === undefined) return setSaid(t('review:said.nothingToUndo'));
    setHistory(history.slice(0, -1));
    if (last.kind === 'shape') return takeBack(last.itemId);
    const known = last.of.flatMap((before) => {
      const found = items.find(({ id }) => id === before.itemId);
      return found === undefined ? [] : [{ found, before: before.decision }];
    });
    const first = known[0];
    if (first === undefined) return;
    send(
      known.map(({ found, before }) => decisionBack(found, before)),
      null,
    );
    goTo(first.found.id);
    setSaid(
      known.length === 1
        ? t('review:said.undone', { name: title(first.found) })
        : t('review:said.undoneMany', { count: known.length }),
    );
  };
  const clean = isOpen ? items.filter((each) => each.decision === null && isClean(each)) : [];
  const acceptClean = () => {
    if (clean.length === 0) return;
    send(
      clean.map((each) => decisionOn(each, null)),
      beforeOf(clean),
    );
    setSaid(t('review:said.clean', { count: clean.length }));
    if (item === null || clean.includes(item)) {
      goTo(items.find((each) => passes(each, 'undecided') && !clean.includes(each))?.id ?? null);
    }
  };
  const toConflict = () => {
    const found = nextConflict(items, { itemId: item?.id ?? null, field });
    if (found === null) return setSaid(t('review:said.noConflict'));
    if (!visible.some(({ id }) => id === found.itemId)) setFilter('all');
    goTo(found.itemId, found.field);
  };
  const toNextImage = () => {
    const images = imagesOf(record);
    const at = images.findIndex((image) => image.imageId === imageId);
    const next = images[(at + 1) % Math.max(images.length, 1)];
    if (next !== undefined) showImage(next.imageId);
  };
  const act = (action: Exclude<ReviewAction, 'help'>) => {
    if (action === 'next') return goTo(neighbour(visible, item?.id ?? null, 1));
    if (action === 'previous') return goTo(neighbour(visible, item?.id ?? null, -1));
    if (action === 'nextConflict') return toConflict();
    if (action === 'nextImage') return toNextImage();
    if (!isOpen || item === null) return;
    if (action === 'accept') accept();
    else if (action === 'skip') skip();
    else if (action === 'undo') undo();
    else setEditedId(item.id);
  };

  return {
    items,
    visible,
    filter,
    setFilter,
    item,
    field,
    imageId,
    facts,
    problems,
    unsaved,
    isOpen,
    isEditing,
    drafts,
    said,
    clean,
    canUndo: history.length > 0,
    problem: sending.error ?? regrouping.error,
    title,
    goTo,
    look,
    showImage,
    setDraft,
    setValue,
    discard,
    acceptClean,
    acceptAs,
    act,
    setSaid,
    forgetProblem: () => {
      sending.reset();
      regrouping.reset();
    },
    reshape,
    takeBack,
    isReshaping: regrouping.isPending,
  };
}

export type ReviewDesk = ReturnType<typeof useReviewDesk>;
