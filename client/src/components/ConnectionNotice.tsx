import { Alert, Group, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_MS = 4_000;

/** Says that the connection is lost while it is, and for a moment that it is back. */
export function ConnectionNotice({ isLost }: { isLost: boolean }) {
  const { t } = useTranslation();
  const [wasLost, setWasLost] = useState(false);
  if (isLost && !wasLost) setWasLost(true);
  useEffect(() => {
    if (isLost) return;
    const timer = setTimeout(() => setWasLost(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status" data-connection={isLost ? 'lost' : 'open'}>
      {isLost ? (
        <Alert color="var(--bad)" variant="outline">
          <Group gap="sm">
            <Loader size="xs" aria-hidden />
            {t('connection.lost')}
          </Group>
        </Alert>
      ) : (
        wasLost && (
          <Alert color="var(--good)" variant="outline">
            {t('connection.back')}
          </Alert>
        )
      )}
    </div>
  );
}
