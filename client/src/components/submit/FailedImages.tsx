import { Button, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { useFailureWords } from './failure-words.ts';
import classes from './Submit.module.css';

/** Images that gave nothing, each with why, and the way to give another one. */
export function FailedImages({ images }: { images: readonly RunImage[] }) {
  const { t } = useTranslation('submit');
  const wordsOf = useFailureWords();
  if (images.length === 0) return null;
  return (
    <section aria-labelledby="failed">
      <Text component="h2" id="failed" fw={650} mb="sm">
        {t('failed.title', { count: images.length })}
      </Text>
      <ul className={classes.tiles}>
        {images.map((image) => (
          <li key={image.position} className={classes.tile} data-state="failed">
            <div className={classes.picture}>
              {image.thumbnailUrl !== null && <img src={image.thumbnailUrl} alt="" loading="lazy" />}
            </div>
            <div className={classes.caption}>
              <span className={classes.name} title={image.name}>
                {image.name}
              </span>
              <span className={classes.bad}>{wordsOf(image)}</span>
            </div>
          </li>
        ))}
      </ul>
      <Button
        component={Link}
        to="/submit"
        variant="default"
        mih={44}
        mt="sm"
        leftSection={<IconCamera size={18} aria-hidden />}
      >
        {t('failed.again')}
      </Button>
    </section>
  );
}
