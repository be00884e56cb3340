import { Button, Text } from '@mantine/core';
import { IconCamera, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './EmptyCatalogue.module.css';

const STEPS = ['drop', 'read', 'publish'] as const;

/** In the place of the list where nothing is published yet: what this is, and where to begin. */
export function EmptyCatalogue() {
  const { t } = useTranslation('shows');
  return (
    <div className={classes.hero}>
      <div>
        <h2>{t('empty.title')}</h2>
        <Text component="p" size="lg" c="dimmed">
          {t('empty.text')}
        </Text>
        <div className={classes.ways}>
          <Button component={Link} to="/submit" size="lg" leftSection={<IconCamera size={20} aria-hidden />}>
            {t('empty.submit')}
          </Button>
          <Button
            component={Link}
            to="/admin/parser"
            size="lg"
            variant="default"
            leftSection={<IconStack2 size={20} aria-hidden />}
          >
            {t('empty.parser')}
          </Button>
        </div>
      </div>
      <ol className={classes.strip}>
        {STEPS.map((step, index) => (
          <li key={step} className={classes.frame}>
            <span className={`${classes.number} edge-print`} aria-hidden>
              ▸ {index + 1}A
            </span>
            <strong>{t(`empty.steps.${step}.title`)}</strong>
            <span>{t(`empty.steps.${step}.text`)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
