import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * The one heading of a page: names the tab, and takes the focus when the page is opened by a link, so that a screen
 * reader says where one is. (Not at the first page: its own title was read out already.)
 */
export function PageHeading({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t('brand')}`;
  }, [title, t]);
  useEffect(() => {
    if (hasOpenedAPage) heading.current?.focus({ preventScroll: true });
    hasOpenedAPage = true;
  }, []);
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb="lg">
      <Stack gap={4}>
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {lead !== undefined && (
          <Text c="dimmed" maw="65ch">
            {lead}
          </Text>
        )}
      </Stack>
      {children}
    </Group>
  );
}

let hasOpenedAPage = false;
