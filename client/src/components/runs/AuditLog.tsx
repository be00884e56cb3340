import { Anchor, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntry } from '../../../../src/contract/catalogue.ts';
import { useAudit } from '../../api/audit.ts';
import { PageLoading } from '../../app/PageLoading.tsx';
import { useFormat } from '../format.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { auditCounts, auditKey } from './audit-words.ts';
import classes from './Runs.module.css';

/** Who did what with the list, newest first. */
export function AuditLog() {
  const { t } = useTranslation('runs');
  const audit = useAudit();
  if (audit.isPending) return <PageLoading />;
  if (audit.isError) return <ProblemNotice error={audit.error} onRetry={() => void audit.refetch()} />;
  const entries = audit.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <Text c="dimmed">{t('audit.none')}</Text>;
  return (
    <>
      <div className={classes.scroll}>
        <ul className={classes.audit}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      </div>
      {audit.hasNextPage && (
        <Button mt="md" variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const key = auditKey(entry.action);
  const counts = auditCounts(entry).map(({ kind, count }) => `${format.number(count)} ${t(`audit.kind.${kind}`)}`);
  return (
    <li>
      <Text size="sm" c="dimmed">
        {format.dateTime(entry.at)}
      </Text>
      <span>
        <b>{t(`audit.actor.${entry.actor}`)}</b> {key === null ? entry.action : t(`audit.action.${key}`)}
        {counts.length > 0 && (
          <Text span c="dimmed" size="sm">
            {' '}
            ({counts.join(', ')})
          </Text>
        )}
      </span>
      <Anchor component={Link} to={`/admin/runs/${encodeURIComponent(entry.runId)}?view=changes`} size="sm">
        {t('audit.open')}
        <span className="visually-hidden"> {format.dateTime(entry.at)}</span>
      </Anchor>
    </li>
  );
}
