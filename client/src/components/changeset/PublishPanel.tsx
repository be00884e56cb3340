import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Changeset } from '../../../../src/contract/catalogue.ts';
import { usePublish, useUndo } from '../../api/changesets.ts';
import { useFormat } from '../format.ts';
import { ChangesetProblem } from './ChangesetProblem.tsx';
import { countPublication, type PublicationCounts, type Rest } from './publication.ts';
import classes from './Changeset.module.css';

/** What publishing would do, the button that does it, and the one that takes it back. */
export function PublishPanel(props: { changeset: Changeset; rest: Rest; onRest: (rest: Rest) => void }) {
  const { changeset } = props;
  const publish = usePublish(changeset.id);
  const undo = useUndo(changeset.id);
  const error = publish.error ?? undo.error;
  const forget = () => {
    publish.reset();
    undo.reset();
  };
  return (
    <section className={classes.panel}>
      {error !== null && <ChangesetProblem error={error} onClose={forget} />}
      {changeset.state === 'published' ? (
        <Published
          changeset={changeset}
          isPending={undo.isPending}
          onUndo={() => undo.mutate({ version: changeset.version })}
        />
      ) : (
        <ToPublish
          {...props}
          isPending={publish.isPending}
          onPublish={() =>
            publish.mutate({
              version: changeset.version,
              ...(props.rest === 'clean' && { acceptClean: true }),
              ...(props.rest === 'all' && { acceptRest: true }),
            })
          }
        />
      )}
    </section>
  );
}

function ToPublish(props: {
  changeset: Changeset;
  rest: Rest;
  onRest: (rest: Rest) => void;
  isPending: boolean;
  onPublish: () => void;
}) {
  const { changeset, rest, onRest, isPending, onPublish } = props;
  const { t } = useTranslation('changeset');
  const format = useFormat();
  const counts = countPublication(changeset.items, rest);
  return (
    <Stack>
      <Text component="h2" fz="lg" fw={680}>
        {t('publish.title')}
      </Text>
      {changeset.state === 'undone' && changeset.undoneAt !== null && (
        <Alert color="gray" variant="outline" role="note">
          <Text size="sm">{t('publish.wasUndone', { at: format.dateTime(changeset.undoneAt) })}</Text>
        </Alert>
      )}
      {counts.undecided > 0 && (
        <Radio.Group
          label={t('publish.rest', { count: counts.undecided })}
          value={rest}
          onChange={(value) => onRest(value)}
        >
          <Stack gap={8} mt={8}>
            <Radio value="leave" label={t('publish.leave', { count: counts.undecided })} />
            {counts.cleanUndecided > 0 && (
              <Radio value="clean" label={t('publish.clean', { count: counts.cleanUndecided })} />
            )}
            <Radio value="all" label={t('publish.all', { count: counts.undecided })} />
          </Stack>
        </Radio.Group>
      )}
      <Figures counts={counts} />
      <Button size="md" loading={isPending} disabled={counts.published === 0} onClick={onPublish}>
        {t('publish.submit', { count: counts.published })}
      </Button>
      <Text size="xs" c="dimmed">
        {t('publish.note')}
      </Text>
    </Stack>
  );
}

function Figures({ counts }: { counts: PublicationCounts }) {
  const { t } = useTranslation('changeset');
  return (
    <dl className={classes.figures} aria-live="polite">
      <dt>{counts.published}</dt>
      <dd>{t('figures.published')}</dd>
      {counts.edited > 0 && (
        <>
          <dt>{counts.edited}</dt>
          <dd>{t('figures.edited')}</dd>
        </>
      )}
      {counts.skipped > 0 && (
        <>
          <dt>{counts.skipped}</dt>
          <dd>{t('figures.skipped')}</dd>
        </>
      )}
      {counts.left > 0 && (
        <>
          <dt>{counts.left}</dt>
          <dd>{t('figures.left')}</dd>
        </>
      )}
    </dl>
  );
}

function Published({ changeset, isPending, onUndo }: { changeset: Changeset; isPending: boolean; onUndo: () => void }) {
  const { t } = useTranslation(['changeset', 'common']);
  const format = useFormat();
  const [asksUndo, setAsksUndo] = useState(false);
  return (
    <Stack>
      <div role="status">
        <Text component="h2" fz="lg" fw={680} c="var(--good)">
          {t('changeset:published.title')}
        </Text>
      </div>
      <Text size="sm">
        {t('changeset:published.text', { at: format.dateTime(changeset.publishedAt ?? changeset.createdAt) })}
      </Text>
      <Button component={Link} to="/" variant="default">
        {t('changeset:published.toShows')}
      </Button>
      {asksUndo ? (
        <Stack gap="xs" role="group" aria-label={t('changeset:undo.title')}>
          <Text size="sm">{t('changeset:undo.sure')}</Text>
          <Group gap="xs">
            {/* Where the question is asked, the answer is under the same finger. */}
            <Button color="var(--bad)" variant="outline" loading={isPending} onClick={onUndo} ref={focused}>
              {t('changeset:undo.yes')}
            </Button>
            <Button variant="subtle" color="gray" c="var(--mantine-color-text)" onClick={() => setAsksUndo(false)}>
              {t('common:cancel')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Button variant="default" onClick={() => setAsksUndo(true)}>
          {t('changeset:undo.title')}
        </Button>
      )}
    </Stack>
  );
}

const focused = (button: HTMLButtonElement | null) => button?.focus();
