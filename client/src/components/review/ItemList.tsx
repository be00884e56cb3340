import { NativeSelect, Progress, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useScheduleWords } from '../schedule-words.ts';
import { ConcernSigns, DecisionSign } from './ItemSigns.tsx';
import { FILTERS, passes, progressOf, type ReviewFilter } from './review-order.ts';
import type { ReviewDesk } from './use-review-desk.ts';
import classes from './Review.module.css';

/** The shows of a run, the worst first, and how far one has come with them. */
export function ItemList({ desk, onChoose }: { desk: ReviewDesk; onChoose?: () => void }) {
  const { t } = useTranslation('review');
  const scheduleWords = useScheduleWords();
  const list = useRef<HTMLOListElement>(null);
  const currentId = desk.item?.id;
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  return (
    <>
      <div className={classes.bar}>
        <ReviewProgress desk={desk} />
        <NativeSelect
          size="xs"
          w="100%"
          aria-label={t('list.filter')}
          value={desk.filter}
          onChange={({ currentTarget }) => desk.setFilter(currentTarget.value as ReviewFilter)}
          data={FILTERS.map((filter) => ({
            value: filter,
            label: `${t(`filter.${filter}`)} (${desk.items.filter((item) => passes(item, filter)).length})`,
          }))}
        />
      </div>
      <nav className={classes.scroll} aria-label={t('list.label')}>
        <ol className={classes.list} ref={list}>
          {desk.visible.map((item) => {
            const facts = item.decision?.record ?? item.proposed ?? item.listed;
            const city = facts?.venue.city;
            return (
              <li key={item.id}>
                <button
                  type="button"
                  className={classes.entry}
                  aria-current={item.id === currentId}
                  onClick={() => {
                    desk.goTo(item.id);
                    onChoose?.();
                  }}
                >
                  <span className={classes.entryName}>
                    <span>{desk.title(item)}</span>
                    <span className="edge-print">{t(`kind.${item.kind}`)}</span>
                  </span>
                  <span className={classes.entryNote}>
                    {facts && scheduleWords(facts.schedule)}
                    {city && ` · ${city}`}
                  </span>
                  <span className={classes.entrySigns}>
                    <DecisionSign item={item} />
                    {desk.drafts.has(item.id) && (
                      <span className={classes.sign} data-tone="notice">
                        {t('unsaved')}
                      </span>
                    )}
                    {item.decision === null && <ConcernSigns item={item} most={2} />}
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
        {desk.visible.length === 0 && (
          <Text p="md" size="sm" c="dimmed">
            {t('list.none')}
          </Text>
        )}
      </nav>
    </>
  );
}

/** "7 of 43 decided", also as a bar. */
export function ReviewProgress({ desk }: { desk: ReviewDesk }) {
  const { t } = useTranslation('review');
  const progress = progressOf(desk.items);
  const words = t('progress', progress);
  return (
    <div style={{ width: '100%' }}>
      <Text size="sm" fw={600} mb={4}>
        {words}
      </Text>
      <Progress
        value={progress.total === 0 ? 100 : (progress.decided / progress.total) * 100}
        size="sm"
        color="var(--good)"
        aria-label={words}
      />
    </div>
  );
}
