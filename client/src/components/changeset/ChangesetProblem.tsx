import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error.ts';
import { useErrorWords } from '../../api/error-words.ts';
import { problemKey } from './problem-key.ts';

/** Why the server would not take a decision or a publication, and what to do now. */
export function ChangesetProblem({ error, onClose }: { error: unknown; onClose: () => void }) {
  const { t } = useTranslation(['changeset', 'common']);
  const wordsOf = useErrorWords();
  const key = error instanceof ApiError ? problemKey(error.code) : null;
  return (
    <Alert
      color="var(--bad)"
      variant="outline"
      role="alert"
      mb="sm"
      withCloseButton
      closeButtonLabel={t('common:close')}
      onClose={onClose}
      title={key === null ? undefined : t(`changeset:problem.${key}.title`)}
    >
      {key !== null && <Text size="sm">{t(`changeset:problem.${key}.text`)}</Text>}
      <Text size={key === null ? 'sm' : 'xs'} c={key === null ? undefined : 'dimmed'} mt={key === null ? 0 : 4}>
        {wordsOf(error)}
      </Text>
    </Alert>
  );
}
