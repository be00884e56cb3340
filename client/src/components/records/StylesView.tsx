import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { StyleRecord } from '../../../../src/contract/style.ts';
import { LookCard } from './LookCard.tsx';
import { PortfolioPanel, wordsOf } from './PortfolioPanel.tsx';
import { hasElement, sortedRecords, type StyleElement } from './style-words.ts';
import classes from './Styles.module.css';

interface StylesViewProps {
  records: readonly StyleRecord[];
  images: readonly RunImage[];
  isOver: boolean;
}

/** The portfolio on top, and below it a sheet of its looks. */
export function StylesView({ records, images, isOver }: StylesViewProps) {
  const { t } = useTranslation('records');
  const [chosen, setChosen] = useState<StyleElement | null>(null);
  const { looks, portfolio } = useMemo(() => sortedRecords(records), [records]);
  const urls = useMemo(() => new Map(images.map(({ imageId, thumbnailUrl }) => [imageId, thumbnailUrl])), [images]);
  const urlOf = (lookId: string) => {
    const look = looks.find(({ id }) => id === lookId);
    return urls.get(look?.images[0]?.imageId ?? null) ?? null;
  };
  const having = chosen === null ? looks : looks.filter((look) => hasElement(look, chosen));
  return (
    <Stack gap="lg">
      {portfolio !== null && (
        <PortfolioPanel portfolio={portfolio} thumbnailOfLook={urlOf} chosen={chosen} onChoose={setChosen} />
      )}
      <section aria-labelledby="looks-title">
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h4" id="looks-title">
            {t('styles.looks')}{' '}
            <Text span inherit c="dimmed" data-figure="looks">
              {looks.length}
            </Text>
          </Title>
          <Group gap="sm" role="status">
            {chosen !== null && (
              <>
                <Text size="sm">
                  {t('styles.having', { count: having.length, total: looks.length, value: wordsOf(chosen) })}
                </Text>
                <Button size="compact-sm" variant="default" onClick={() => setChosen(null)}>
                  {t('styles.all')}
                </Button>
              </>
            )}
          </Group>
        </Group>
        {looks.length === 0 ? (
          <Text size="sm" c="dimmed">
            {isOver ? t('styles.none') : t('styles.soon')}
          </Text>
        ) : (
          <div className={classes.looks}>
            {looks.map((look, at) => (
              <LookCard
                key={look.id}
                look={look}
                number={at + 1}
                thumbnailUrl={urls.get(look.images[0]?.imageId ?? null) ?? null}
                isDim={chosen !== null && !having.includes(look)}
                isLive={!isOver}
              />
            ))}
          </div>
        )}
      </section>
    </Stack>
  );
}
