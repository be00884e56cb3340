import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressesIn } from './intake-files.ts';

interface AddressesDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onAddresses: (urls: string[]) => void;
}

/** Asks for addresses of images; the server fetches them. */
export function AddressesDialog({ isOpen, onClose, onAddresses }: AddressesDialogProps) {
  const { t } = useTranslation('parser');
  const { t: common } = useTranslation();
  const [text, setText] = useState('');
  const urls = addressesIn(text);
  return (
    <Modal.Root opened={isOpen} onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: its <header> would be a second banner of the page. */}
        <Group justify="space-between" px="md" pt="md">
          <Modal.Title fw={650}>{t('addresses.title')}</Modal.Title>
          <Modal.CloseButton aria-label={common('close')} />
        </Group>
        <Modal.Body pt="sm">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (urls.length === 0) return;
              onAddresses(urls);
              setText('');
            }}
          >
            <Stack>
              <Textarea
                label={t('addresses.label')}
                description={t('addresses.note')}
                placeholder="https://…"
                autosize
                minRows={5}
                maxRows={14}
                data-autofocus
                spellCheck={false}
                value={text}
                onChange={({ currentTarget }) => setText(currentTarget.value)}
              />
              <Group justify="space-between">
                <Text size="sm" c="dimmed" aria-live="polite">
                  {t('addresses.found', { count: urls.length })}
                </Text>
                <Button type="submit" disabled={urls.length === 0}>
                  {t('addresses.add')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
