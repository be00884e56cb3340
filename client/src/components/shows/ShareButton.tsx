import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** The phone's own way to share where there is one; else the address goes to the clipboard. */
export function ShareButton({ title }: { title: string }) {
  const { t } = useTranslation('shows');
  const { copied, copy } = useClipboard();
  const share = () => {
    const url = globalThis.location.href;
    if (!('share' in navigator)) return copy(url);
    navigator.share({ title, url }).catch((error: unknown) => {
      // Whoever closed the sheet wants nothing; where sharing is refused, the clipboard is left.
      if (!(error instanceof DOMException && error.name === 'AbortError')) copy(url);
    });
  };
  return (
    <Button
      variant="default"
      size="md"
      mih={44}
      onClick={share}
      leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconShare size={18} aria-hidden />}
    >
      <span aria-live="polite">{copied ? t('show.shared') : t('show.share')}</span>
    </Button>
  );
}
