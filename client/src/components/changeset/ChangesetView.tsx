import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Changeset } from '../../../../src/contract/catalogue.ts';
import { ItemChanges } from './ItemChanges.tsx';
import { byKind, isPublished, type Rest } from './publication.ts';
import { PublishPanel } from './PublishPanel.tsx';
import classes from './Changeset.module.css';

/** What a run would do to the list, by kind, and its publication. */
export function ChangesetView({ changeset, onReview }: { changeset: Changeset; onReview: (itemId: string) => void }) {
  const { t } = useTranslation(['changeset', 'review']);
  const [rest, setRest] = useState<Rest>('leave');
  const items = changeset.items;
  return (
    <div className={classes.layout}>
      <div>
        {byKind(items).map(({ kind, items: ofKind }) => (
          <section key={kind} aria-labelledby={`kind-${kind}`}>
            <h2 className={classes.kind} id={`kind-${kind}`}>
              {t(`changeset:kind.${kind}`)}
              <Text span c="dimmed" size="sm">
                {ofKind.length}
              </Text>
            </h2>
            <Text size="sm" c="dimmed" mb={8}>
              {t(`changeset:kindNote.${kind}`)}
            </Text>
            <ul className={classes.items}>
              {ofKind.map((item) => (
                <ItemChanges
                  key={item.id}
                  item={item}
                  isLeft={changeset.state !== 'published' && !isPublished(item, rest)}
                  onReview={() => onReview(item.id)}
                />
              ))}
            </ul>
          </section>
        ))}
        {items.length === 0 && <Text>{t('review:state.noShows')}</Text>}
      </div>
      <PublishPanel changeset={changeset} rest={rest} onRest={setRest} />
    </div>
  );
}
