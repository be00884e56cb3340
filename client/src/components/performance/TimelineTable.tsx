import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineCall } from '../../../../src/contract/timeline.ts';
import { useFormat } from '../format.ts';
import { countsOf } from './timeline-view.ts';
import classes from './Performance.module.css';

const ON_A_PAGE = 100;

/** What the picture of a run says, as tables: for those who do not see it, and for exact figures. */
export function TimelineTable({ calls }: { calls: readonly TimelineCall[] }) {
  const { t } = useTranslation('performance');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary style={{ cursor: 'pointer', paddingBlock: 10 }}>{t('run.table.show')}</summary>
      {isOpen && (
        <>
          <Counts calls={calls} />
          <Calls calls={calls} />
        </>
      )}
    </details>
  );
}

function Counts({ calls }: { calls: readonly TimelineCall[] }) {
  const { t } = useTranslation('performance');
  const format = useFormat();
  return (
    <table className={classes.table} style={{ maxWidth: 560 }}>
      <caption className="visually-hidden">{t('run.table.counts')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('run.table.kind')}</th>
          <th scope="col">{t('run.table.outcome')}</th>
          <th scope="col">{t('run.table.count')}</th>
        </tr>
      </thead>
      <tbody>
        {countsOf(calls).map(({ kind, outcome, count }) => (
          <tr key={`${kind}/${outcome}`}>
            <td>{t(`run.kind.${kind}`)}</td>
            <td>{t(`run.outcome.${outcome}`)}</td>
            <td>{format.number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Calls({ calls }: { calls: readonly TimelineCall[] }) {
  const { t } = useTranslation('performance');
  const format = useFormat();
  const [page, setPage] = useState(0);
  const from = page * ON_A_PAGE;
  const shown = calls.slice(from, from + ON_A_PAGE);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('run.table.caption')}>
        <table className={classes.table} style={{ marginTop: 18, minWidth: 620 }}>
          <caption className="visually-hidden">{t('run.table.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('run.table.image')}</th>
              <th scope="col">{t('run.table.kind')}</th>
              <th scope="col">{t('run.table.outcome')}</th>
              <th scope="col">{t('run.table.worker')}</th>
              <th scope="col">{t('run.table.start')}</th>
              <th scope="col">{t('run.table.took')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ image, kind, outcome, code, thread, startMs, endMs }, index) => (
              <tr key={from + index}>
                <td>{image}</td>
                <td>{t(`run.kind.${kind}`)}</td>
                <td>
                  {t(`run.outcome.${outcome}`)}
                  {code !== null && ` (${code})`}
                </td>
                <td>{thread ?? '–'}</td>
                <td>{format.duration(startMs)}</td>
                <td>{format.duration(endMs - startMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Group gap="sm" mt="sm">
        <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
          {t('run.table.before')}
        </Button>
        <Button variant="default" disabled={from + ON_A_PAGE >= calls.length} onClick={() => setPage(page + 1)}>
          {t('run.table.after')}
        </Button>
        <Text size="sm" role="status">
          {t('run.table.page', {
            from: format.number(Math.min(from + 1, calls.length)),
            to: format.number(from + shown.length),
            count: calls.length,
          })}
        </Text>
      </Group>
    </>
  );
}
