import { Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconFolderPlus, IconLink, IconPhotoPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddressesDialog } from './AddressesDialog.tsx';
import { ACCEPTED } from './intake-files.ts';
import { PageDrop } from './PageDrop.tsx';
import classes from './Intake.module.css';

interface IntakeProps {
  /** Nothing is there yet: the ways in are all that the page has to show. */
  isEmpty: boolean;
  onFiles: (files: File[]) => void;
  onAddresses: (urls: string[]) => void;
}

/** All ways into a pile: drop, paste, files, a folder, addresses. */
export function Intake({ isEmpty, onFiles, onAddresses }: IntakeProps) {
  const { t } = useTranslation('parser');
  const buttons = <IntakeButtons isEmpty={isEmpty} onFiles={onFiles} onAddresses={onAddresses} />;
  return (
    <>
      <PageDrop onFiles={onFiles} onAddresses={onAddresses} />
      {isEmpty ? (
        <section className={classes.empty} aria-labelledby="intake-title">
          <div className={classes.strip} aria-hidden>
            <span />
            <span />
            <span />
            <span />
            <span />
          </div>
          <Stack gap="sm" align="center">
            <Title order={2} id="intake-title" ta="center">
              {t('intake.title')}
            </Title>
            <Text c="dimmed" ta="center" maw="52ch">
              {t('intake.text')}
            </Text>
            {buttons}
            <Text size="sm" c="dimmed" ta="center">
              {t('intake.kinds')}
            </Text>
          </Stack>
        </section>
      ) : (
        buttons
      )}
    </>
  );
}

function IntakeButtons({ isEmpty, onFiles, onAddresses }: IntakeProps) {
  const { t } = useTranslation('parser');
  const folder = useRef<HTMLInputElement>(null);
  const [asksAddresses, setAsksAddresses] = useState(false);
  const size = isEmpty ? 'md' : 'sm';
  return (
    <Group gap="xs" justify={isEmpty ? 'center' : 'flex-start'}>
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
            variant={isEmpty ? 'filled' : 'default'}
            leftSection={<IconPhotoPlus size={18} aria-hidden />}
          >
            {t('intake.files')}
          </Button>
        )}
      </FileButton>
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t('intake.folder')}
        data-intake="folder"
        {...{ webkitdirectory: '' }}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same folder may be chosen again.
          currentTarget.value = '';
        }}
      />
      <Button
        size={size}
        variant="default"
        leftSection={<IconFolderPlus size={18} aria-hidden />}
        onClick={() => folder.current?.click()}
      >
        {t('intake.folder')}
      </Button>
      <Button
        size={size}
        variant="default"
        leftSection={<IconLink size={18} aria-hidden />}
        onClick={() => setAsksAddresses(true)}
      >
        {t('intake.addresses')}
      </Button>
      <AddressesDialog
        isOpen={asksAddresses}
        onClose={() => setAsksAddresses(false)}
        onAddresses={(urls) => {
          setAsksAddresses(false);
          onAddresses(urls);
        }}
      />
    </Group>
  );
}
