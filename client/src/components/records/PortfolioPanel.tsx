import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Portfolio } from '../../../../src/contract/style.ts';
import { useFormat } from '../format.ts';
import { PaletteStrip } from './PaletteStrip.tsx';
import { colourWords, type StyleElement } from './style-words.ts';
import panels from '../parser/Panels.module.css';
import classes from './Styles.module.css';

interface PortfolioPanelProps {
  portfolio: Portfolio;
  /** Address of the small picture of a look. */
  thumbnailOfLook: (lookId: string) => string | null;
  chosen: StyleElement | null;
  onChoose: (element: StyleElement | null) => void;
}

const BARS_SHOWN = 10;

/** What a portfolio has in common, what stands out, and its colours. */
export function PortfolioPanel({ portfolio, thumbnailOfLook, chosen, onChoose }: PortfolioPanelProps) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { signature, outliers, palette, looks } = portfolio;
  return (
    <Paper component="section" className={`${panels.panel} ${classes.portfolio}`} aria-labelledby="portfolio-title">
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h3" id="portfolio-title">
          {t('portfolio.title')}
        </Title>
        <Text c="dimmed">{t('portfolio.of', { count: looks })}</Text>
      </Group>
      <div>
        <h3>{t('portfolio.signature')}</h3>
        {signature.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('portfolio.noSignature')}
          </Text>
        ) : (
          <ul className={classes.signature}>
            {signature.map(({ aspect, value, share }) => (
              <li key={aspect}>
                <span>{t(`portfolio.aspect.${aspect}`)}</span>
                <b>{wordsOf({ aspect, value })}</b>
                <span>{format.share(share)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <h3>{t('portfolio.palette')}</h3>
        <PaletteStrip palette={palette} isLarge />
      </div>
      <div className={classes.halves}>
        <Recurring portfolio={portfolio} chosen={chosen} onChoose={onChoose} />
        <div>
          <h3>{t('portfolio.outliers')}</h3>
          {outliers.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('portfolio.noOutliers')}
            </Text>
          )}
          <ul className={classes.outliers}>
            {outliers.map(({ lookId, image, kinship }) => {
              const url = thumbnailOfLook(lookId);
              return (
                <li key={lookId}>
                  {url !== null && <img src={url} alt="" loading="lazy" />}
                  <div>
                    <Text fw={650}>{image}</Text>
                    <Text size="sm" c="dimmed">
                      {t('portfolio.kinship', { share: format.share(kinship) })}
                    </Text>
                  </div>
                </li>
              );
            })}
          </ul>
        </div>
      </div>
    </Paper>
  );
}

/** Elements as bars; pressing one shows which looks have it. */
function Recurring({ portfolio, chosen, onChoose }: Omit<PortfolioPanelProps, 'thumbnailOfLook'>) {
  const { t } = useTranslation('records');
  const [showsAll, setShowsAll] = useState(false);
  const { recurring, looks } = portfolio;
  const shown = showsAll ? recurring : recurring.slice(0, BARS_SHOWN);
  return (
    <div>
      <h3>{t('portfolio.recurring')}</h3>
      <Text size="sm" c="dimmed" mb={8}>
        {recurring.length === 0 ? t('portfolio.noRecurring') : t('portfolio.recurringNote')}
      </Text>
      <ul className={classes.bars}>
        {shown.map(({ aspect, value, looks: having, share }) => {
          const isChosen = chosen?.aspect === aspect && chosen.value === value;
          return (
            <li key={`${aspect} ${value}`}>
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onChoose(isChosen ? null : { aspect, value })}
              >
                <span className={classes.aspect}>{t(`portfolio.aspect.${aspect}`)}</span>
                <span className={classes.value}>{wordsOf({ aspect, value })}</span>
                <span className={classes.count}>{t('portfolio.share', { part: having, whole: looks })}</span>
                <span className={classes.track} aria-hidden>
                  <span style={{ width: `${share * 100}%` }} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {recurring.length > BARS_SHOWN && (
        <Button
          mt={8}
          size="compact-sm"
          variant="default"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? t('portfolio.fewer') : t('portfolio.more', { count: recurring.length })}
        </Button>
      )}
    </div>
  );
}

/** As people read it. */
export function wordsOf({ aspect, value }: StyleElement): string {
  return aspect === 'colour' ? colourWords(value) : value;
}
