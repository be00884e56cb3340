import { Button, FileButton, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCamera, IconPhotoPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ACCEPTED } from '../parser/intake-files.ts';
import { PageDrop } from '../parser/PageDrop.tsx';
import classes from './Submit.module.css';

/** The ways to give images: the camera where there is a finger to hold it, files, dropping, pasting. */
export function ImageIntake({ isEmpty, onFiles }: { isEmpty: boolean; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('submit');
  const isTouched = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false });
  const size = isEmpty ? 'lg' : 'md';
  return (
    <>
      <PageDrop onFiles={onFiles} onAddresses={() => undefined} />
      <div className={classes.intake} data-small={!isEmpty || undefined}>
        <div className={classes.ways}>
          {isTouched && (
            <FileButton
              accept="image/*"
              capture="environment"
              onChange={(file) => file !== null && onFiles([file])}
              inputProps={{ 'aria-label': t('intake.camera'), 'data-intake': 'camera' } as object}
            >
              {(props) => (
                <Button {...props} size={size} mih={48} leftSection={<IconCamera size={20} aria-hidden />}>
                  {t('intake.camera')}
                </Button>
              )}
            </FileButton>
          )}
          <FileButton
            multiple
            accept={ACCEPTED}
            onChange={onFiles}
            inputProps={{ 'aria-label': t('intake.files'), 'data-intake': 'files' } as object}
          >
            {(props) => (
              <Button
                {...props}
                size={size}
                mih={48}
                variant={isTouched || !isEmpty ? 'default' : 'filled'}
                leftSection={<IconPhotoPlus size={20} aria-hidden />}
              >
                {isEmpty ? t('intake.files') : t('intake.more')}
              </Button>
            )}
          </FileButton>
        </div>
        {!isTouched && (
          <Text size="sm" c="dimmed">
            {t('intake.drop')}
          </Text>
        )}
        {isEmpty && (
          <Text size="sm" c="dimmed">
            {t('intake.kinds')}
          </Text>
        )}
      </div>
    </>
  );
}
