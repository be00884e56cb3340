import { ActionIcon, Anchor, Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isExportable, type ExportFormat, type RunSummary } from '../../../../src/contract/run.ts';
import { useErrorWords } from '../../api/error-words.ts';
import { downloadRun, isOver } from '../../api/runs.ts';
import { useFormat } from '../format.ts';
import { RUN_COLOURS } from '../run-colours.ts';
import classes from './Runs.module.css';

const FORMATS = ['csv', 'json', 'ics', 'pdf', 'png', 'jsonld', 'html'] as const satisfies readonly ExportFormat[];

/** Where a run is gone on with: reviewed once it is done, watched until then. */
export function runAddress({ runId, state, analysis }: Pick<RunSummary, 'runId' | 'state' | 'analysis'>): string {
  const id = encodeURIComponent(runId);
  return state === 'completed' && analysis === 'shows' ? `/admin/runs/${id}` : `/admin/parser?run=${id}`;
}

/** The runs with their figures; on a phone each is a card. */
export function RunsTable({ runs }: { runs: readonly RunSummary[] }) {
  const { t } = useTranslation('runs');
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.started')}</th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">{t('column.analysis')}</th>
            <th scope="col" className={classes.figure}>
              {t('column.images')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('column.failed')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('column.time')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('column.speedup')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('column.cost')}
            </th>
            <th scope="col">{t('column.result')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const { t } = useTranslation(['runs', 'common']);
  const format = useFormat();
  const started = format.dateTime(run.createdAt);
  const canReview = run.state === 'completed' && run.analysis === 'shows';
  return (
    <tr>
      <th scope="row" className={classes.wide}>
        <Anchor component={Link} to={runAddress(run)} className={classes.when}>
          {started}
        </Anchor>
        <Text size="xs" c="dimmed" fw={400}>
          {run.model} · {t(`common:mode.${run.mode}`)}
          {run.audience === 'public' && ` · ${t('runs:public')}`}
        </Text>
      </th>
      <td data-label={t('runs:column.state')}>
        <span className={classes.state} style={{ color: RUN_COLOURS[run.state] }}>
          {t(`common:state.${run.state}`)}
        </span>
      </td>
      <td data-label={t('runs:column.analysis')}>{t(`runs:analysis.${run.analysis}`)}</td>
      <td className={classes.figure} data-label={t('runs:column.images')}>
        {isOver(run.state)
          ? format.number(run.images)
          : t('runs:ofImages', { done: run.readImages + run.failedImages, images: run.images })}
      </td>
      <td className={classes.figure} data-label={t('runs:column.failed')}>
        {run.failedImages === 0 ? (
          '0'
        ) : (
          <Text span fw={650} c="var(--bad)" inherit>
            {format.number(run.failedImages)}
          </Text>
        )}
      </td>
      <td className={classes.figure} data-label={t('runs:column.time')}>
        {format.duration(run.activeMs)}
      </td>
      <td className={classes.figure} data-label={t('runs:column.speedup')}>
        {run.speedup === null ? '–' : `${format.number(run.speedup, 1)}×`}
      </td>
      <td className={classes.figure} data-label={t('runs:column.cost')}>
        {run.costUsd === null ? '–' : format.money(run.costUsd)}
      </td>
      <td className={classes.wide}>
        <div className={classes.actions}>
          <Button
            component={Link}
            to={runAddress(run)}
            size="compact-sm"
            variant="default"
            aria-label={t(canReview ? 'runs:reviewOf' : 'runs:watchOf', { at: started })}
          >
            {t(canReview ? 'runs:review' : 'runs:watch')}
          </Button>
          <Exports run={run} started={started} />
        </div>
      </td>
    </tr>
  );
}

function Exports({ run, started }: { run: RunSummary; started: string }) {
  const { t } = useTranslation('runs');
  const wordsOf = useErrorWords();
  const download = (format: ExportFormat) =>
    void downloadRun(run.runId, format).catch((error: unknown) =>
      notifications.show({ color: 'var(--bad)', message: wordsOf(error) }),
    );
  if (run.readImages === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={26} aria-label={t('download', { at: started })} title={t('downloadShort')}>
          <IconDownload size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.filter((format) => isExportable(run.analysis, format)).map((format) => (
          <Menu.Item key={format} onClick={() => download(format)}>
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
