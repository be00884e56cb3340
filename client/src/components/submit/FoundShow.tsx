import { Alert, Anchor, Button, Group } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Show } from '../../../../src/contract/show.ts';
import type { Submission, Suggestion } from '../../../../src/contract/suggestion.ts';
import { useErrorWords } from '../../api/error-words.ts';
import { useSuggest } from '../../api/submissions.ts';
import { useScheduleWords } from '../schedule-words.ts';
import { ShowForm } from './ShowForm.tsx';
import { missingFields } from './missing-fields.ts';
import classes from './Submit.module.css';

interface FoundShowProps {
  runId: string;
  show: Show;
  /** Of the show on the list that it is; null where it is new. */
  listedAs: string | null;
  suggestion: Suggestion | null;
  /** What became of it; null until a person has looked. */
  fate: Submission['shows'][number] | null;
  /** Whether something can (still) be said of it. */
  isOpen: boolean;
}

/** One show that was found: what was read, what is missing, and what the sender says of it. */
export function FoundShow({ runId, show, listedAs, suggestion, fate, isOpen }: FoundShowProps) {
  const { t } = useTranslation('submit');
  const { t: tCommon } = useTranslation();
  const wordsOf = useErrorWords();
  const suggest = useSuggest(runId);
  const [isEdited, setIsEdited] = useState(false);
  const shown = suggestion?.record ?? show;
  const missing = missingFields(shown);
  const say = (body: Parameters<typeof suggest.mutate>[0]) =>
    suggest.mutate(body, { onSuccess: () => setIsEdited(false) });
  return (
    <article className={classes.card} aria-label={shown.venue.name ?? tCommon('unknownVenue')} data-record={show.id}>
      <h3>{shown.venue.name ?? tCommon('unknownVenue')}</h3>
      {listedAs !== null && (
        <Alert variant="outline" color="gray" classNames={{ root: classes.listed }} title={t('card.listedTitle')}>
          {isOpen ? t('card.listedText') : t('card.listedShort')}{' '}
          <Anchor
            component={Link}
            to={`/shows/${encodeURIComponent(listedAs)}`}
            underline="always"
            className={classes.onList}
          >
            {t('card.listedLink')}
          </Anchor>
        </Alert>
      )}
      {isEdited ? (
        <ShowForm
          show={shown}
          missing={missing}
          isSending={suggest.isPending}
          onCancel={() => setIsEdited(false)}
          onSend={(record) =>
            record === null ? say({ recordId: show.id, confirm: true }) : say({ recordId: show.id, record })
          }
        />
      ) : (
        <>
          <Facts show={shown} />
          {missing.length > 0 && isOpen && (
            <p className={classes.missing} style={{ margin: 0 }}>
              {t('missing.label', { fields: missing.map((field) => t(`missing.${field}`)).join(', ') })}
            </p>
          )}
          <Said suggestion={suggestion} fate={fate} />
          {isOpen && (
            <Group gap="sm">
              {suggestion === null && (
                <Button
                  mih={44}
                  variant={missing.length > 0 ? 'default' : 'filled'}
                  loading={suggest.isPending}
                  leftSection={<IconCheck size={18} aria-hidden />}
                  onClick={() => say({ recordId: show.id, confirm: true })}
                >
                  {listedAs === null ? t('card.right') : t('card.stillOn')}
                </Button>
              )}
              <Button
                mih={44}
                variant={missing.length > 0 && suggestion === null ? 'filled' : 'default'}
                leftSection={<IconPencil size={18} aria-hidden />}
                onClick={() => setIsEdited(true)}
              >
                {missing.length > 0 && suggestion === null ? t('card.fill') : t('card.correct')}
              </Button>
            </Group>
          )}
        </>
      )}
      {suggest.error !== null && (
        <p className={classes.bad} role="alert" style={{ margin: 0 }}>
          {wordsOf(suggest.error)}
        </p>
      )}
    </article>
  );
}

function Facts({
  show: { name, venue, host, schedule, notes },
}: {
  show: Pick<Show, 'name' | 'venue' | 'host' | 'schedule' | 'notes'>;
}) {
  const { t } = useTranslation();
  const scheduleWords = useScheduleWords();
  const lines: [string, string | null][] = [
    [t('field.name'), name],
    [t('field.schedule.days'), scheduleWords(schedule)],
    [t('field.venue.address'), [venue.address, venue.city, venue.state].filter(Boolean).join(', ') || null],
    [t('field.host.name'), [host.name, host.company].filter(Boolean).join(' · ') || null],
    [t('field.notes'), notes],
  ];
  return (
    <dl className={classes.facts}>
      {lines.map(
        ([label, value]) =>
          value !== null && (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** What the sender said, and what the reviewer made of the show. */
function Said({ suggestion, fate }: Pick<FoundShowProps, 'suggestion' | 'fate'>) {
  const { t } = useTranslation('submit');
  if (fate !== null && fate.decision !== null) {
    const isTaken = fate.decision !== 'skip';
    return (
      <p className={isTaken ? classes.good : classes.dim} style={{ margin: 0 }} role="status">
        {t(`card.fate.${fate.decision}`)}{' '}
        {isTaken && fate.showId !== null && (
          <Anchor
            component={Link}
            to={`/shows/${encodeURIComponent(fate.showId)}`}
            underline="always"
            className={classes.onList}
          >
            {t('card.listedLink')}
          </Anchor>
        )}
      </p>
    );
  }
  return (
    <p className={classes.good} style={{ margin: 0 }} role="status">
      {suggestion !== null && (suggestion.record === null ? t('card.thanksRight') : t('card.thanksCorrected'))}
    </p>
  );
}
