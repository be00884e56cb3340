import { Button, CopyButton, Popover, Stack, Text } from '@mantine/core';
import { IconCalendarPlus, IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** A calendar feed: opened in the calendar app, copied into another one, or as a file. @param path of the feed on this server */
export default function SubscribePopover({ path, label, title }: { path: string; label: string; title: string }) {
  const { t } = useTranslation('shows');
  const url = new URL(path, globalThis.location.href);
  return (
    <Popover defaultOpened position="bottom-end" shadow="md" width={316} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="md" mih={44} leftSection={<IconCalendarPlus size={18} aria-hidden />}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>
        <Stack gap="xs">
          <div>
            <Text fw={650}>{title}</Text>
            <Text size="sm" c="dimmed">
              {t('subscribe.text')}
            </Text>
          </div>
          <Button component="a" href={url.href.replace(/^https?:/, 'webcal:')} size="sm" mih={44} data-autofocus>
            {t('subscribe.open')}
          </Button>
          <CopyButton value={url.href}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                size="sm"
                mih={44}
                onClick={copy}
                leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
              >
                {copied ? t('subscribe.copied') : t('subscribe.copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            variant="default"
            size="sm"
            mih={44}
            component="a"
            href={path}
            download
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('subscribe.file')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
