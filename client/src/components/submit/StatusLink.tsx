import { Button, CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { submissionPath } from '../../api/submissions.ts';
import classes from './Submit.module.css';

/** The address under which the sender finds out what became of it, on any machine. */
export function StatusLink({ runId }: { runId: string }) {
  const { t } = useTranslation('submit');
  const url = new URL(submissionPath(runId), globalThis.location.href).href;
  return (
    <section className={classes.panel} aria-labelledby="status-link">
      <Text component="h2" id="status-link" fw={650}>
        {t('link.title')}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('link.text')}
      </Text>
      <div className={classes.link} data-status-link>
        {url}
      </div>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button
            mt="xs"
            mih={44}
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
          >
            <span aria-live="polite">{copied ? t('link.copied') : t('link.copy')}</span>
          </Button>
        )}
      </CopyButton>
    </section>
  );
}
