import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel, useTestModel } from '../../api/settings.ts';
import { useFormat } from '../format.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import classes from './Settings.module.css';

/** Below this a time says nothing: the reader was loaded already. */
const AT_ONCE_MS = 50;

/** Which model answers, and a button that asks it once for real. The key itself is never shown. */
export function ModelCard() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const model = useModel();
  const test = useTestModel();
  return (
    <section className={classes.card} aria-labelledby="model">
      <Stack gap="sm">
        <Text component="h2" fz="lg" fw={680} id="model">
          {t('model.title')}
        </Text>
        {model.isError && <ProblemNotice error={model.error} onRetry={() => void model.refetch()} />}
        {model.data !== undefined && (
          <>
            <Text fw={600}>
              {model.data.kind === null ? t('model.none') : t(`model.kind.${model.data.kind}`)}
              {model.data.name !== null && model.data.kind !== 'local' && (
                <Text span c="dimmed" fw={400}>
                  {' '}
                  {model.data.name}
                </Text>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {t(model.data.kind === 'local' ? 'model.noKey' : model.data.keySet ? 'model.keySet' : 'model.keyMissing')}
            </Text>
            {model.data.problem !== null && (
              <Alert color="var(--bad)" variant="outline">
                <Text size="sm">{model.data.problem}</Text>
              </Alert>
            )}
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlugConnected size={18} aria-hidden />}
                loading={test.isPending}
                onClick={() => test.mutate()}
              >
                {t(model.data.kind === 'local' ? 'model.testLocal' : 'model.test')}
              </Button>
            </Group>
            <Text size="xs" c="dimmed">
              {t(model.data.kind === 'local' ? 'model.testLocalNote' : 'model.testNote')}
            </Text>
          </>
        )}
        <div role="status">
          {test.isError && <ProblemNotice error={test.error} />}
          {test.data !== undefined && (
            <Alert
              color={test.data.ok ? 'var(--good)' : 'var(--bad)'}
              variant="outline"
              title={
                test.data.ok
                  ? test.data.ms < AT_ONCE_MS
                    ? t('model.okAtOnce')
                    : t('model.ok', { time: format.duration(test.data.ms) })
                  : t('model.failed')
              }
            >
              {(!test.data.ok || test.data.model !== null) && (
                <Text size="sm">{test.data.ok ? test.data.model : test.data.detail}</Text>
              )}
            </Alert>
          )}
        </div>
        <Text size="xs" c="dimmed">
          {t('model.where')}
        </Text>
      </Stack>
    </section>
  );
}
