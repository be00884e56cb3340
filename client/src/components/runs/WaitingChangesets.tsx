import { Button, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChangesets } from '../../api/changesets.ts';
import { useFormat } from '../format.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import classes from './Runs.module.css';

const MOST = 5;

/** Changesets that nobody has published yet, those that visitors sent in first: somebody waits for these. */
export function WaitingChangesets() {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const pending = useChangesets('pending');
  if (pending.isError) return <ProblemNotice error={pending.error} onRetry={() => void pending.refetch()} />;
  const waiting = (pending.data?.changesets ?? [])
    .filter(({ undecided, audience }) => undecided > 0 || audience === 'public')
    .toSorted((a, b) => Number(b.audience === 'public') - Number(a.audience === 'public'));
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <Title order={2} fz="lg" mb="xs" id="waiting">
        {t('waiting.title')}
      </Title>
      <ul className={classes.waiting}>
        {waiting.slice(0, MOST).map(({ id, runId, audience, createdAt, undecided, counts }) => (
          <li key={id}>
            <div>
              <Text fw={600} size="sm">
                {audience === 'public' ? t('waiting.public') : t('waiting.admin')}{' '}
                <Text span c="dimmed" fw={400}>
                  {format.dateTime(createdAt)}
                </Text>
              </Text>
              <Text size="sm" c="dimmed">
                {t('waiting.undecided', { count: undecided })}
                {counts.new > 0 && ` · ${t('waiting.new', { count: counts.new })}`}
                {counts.changed > 0 && ` · ${t('waiting.changed', { count: counts.changed })}`}
                {counts.cancelled > 0 && ` · ${t('waiting.cancelled', { count: counts.cancelled })}`}
              </Text>
            </div>
            <Button component={Link} to={`/admin/runs/${encodeURIComponent(runId)}`} size="compact-sm">
              {t('review')}
              <span className="visually-hidden"> {format.dateTime(createdAt)}</span>
            </Button>
          </li>
        ))}
        {waiting.length > MOST && (
          <li>
            <Text size="sm" c="dimmed">
              {t('waiting.more', { count: waiting.length - MOST })}
            </Text>
          </li>
        )}
      </ul>
    </section>
  );
}
