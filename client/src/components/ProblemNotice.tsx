import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../api/error-words.ts';

/** Why something could not be done, in words, and a way to try again where that may help. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  return (
    <Alert color="var(--bad)" variant="outline" role="alert">
      <Group justify="space-between">
        <Text size="sm">{wordsOf(error)}</Text>
        {onRetry !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
