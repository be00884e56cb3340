import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedShowDetail } from '../../../../src/contract/catalogue.ts';
import { useScheduleWords } from '../schedule-words.ts';
import { useShowWords } from './show-words.ts';
import classes from './ShowDetail.module.css';

/** Everything that is listed of a show. */
export function ShowFactsPanel({ show }: { show: ListedShowDetail }) {
  const { t } = useTranslation('shows');
  const { t: tCommon } = useTranslation();
  const scheduleWords = useScheduleWords();
  const { venue, host, schedule, notes } = show;
  const town = [venue.city, [venue.state, venue.postcode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const website = webAddress(venue.website);
  return (
    <section className={classes.panel}>
      {show.status === 'cancelled' && (
        <Alert
          color="red"
          variant="outline"
          mb="md"
          classNames={{ title: classes.alert }}
          title={tCommon('cancelledShow')}
        >
          {t('show.cancelledNote')}
        </Alert>
      )}
      <dl className={classes.facts}>
        <div>
          <dt className="edge-print">{t('show.when')}</dt>
          <dd className={classes.large}>{scheduleWords(schedule)}</dd>
          <ScheduleNotes show={show} />
        </div>
        <div>
          <dt className="edge-print">{t('show.where')}</dt>
          <dd className={classes.large}>
            <Anchor
              component={Link}
              to={`/?venue=${encodeURIComponent(venue.id)}`}
              inherit
              c="inherit"
              underline="always"
            >
              {venue.name ?? tCommon('unknownVenue')}
            </Anchor>
          </dd>
          {venue.address !== null && <dd>{venue.address}</dd>}
          {town !== '' && <dd>{town}</dd>}
          {venue.country !== null && <dd>{venue.country}</dd>}
          {(venue.phone !== null || website !== null) && (
            <dd className={classes.links}>
              {venue.phone !== null && (
                <Anchor href={`tel:${venue.phone.replace(/[^+\d]/g, '')}`}>
                  {t('show.call', { phone: venue.phone })}
                </Anchor>
              )}
              {website !== null && (
                <Anchor href={website} rel="noopener noreferrer nofollow" target="_blank">
                  {t('show.website')}
                </Anchor>
              )}
            </dd>
          )}
        </div>
        {(host.name !== null || host.company !== null) && (
          <div>
            <dt className="edge-print">{t('show.who')}</dt>
            <dd>{[host.name, host.company].filter(Boolean).join(' · ')}</dd>
          </div>
        )}
        {notes !== null && (
          <div>
            <dt className="edge-print">{t('show.notes')}</dt>
            <dd>{notes}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function ScheduleNotes({ show: { schedule } }: { show: ListedShowDetail }) {
  const { t } = useTranslation('shows');
  const words = useShowWords();
  return (
    <>
      {schedule.text !== null && <dd className={classes.dim}>{t('show.asPrinted', { text: schedule.text })}</dd>}
      {schedule.exceptDates.length > 0 && (
        <dd className={classes.dim}>
          {t('show.except', { dates: schedule.exceptDates.map((date) => words.date(date)).join('; ') })}
        </dd>
      )}
      {schedule.timezone !== null && <dd className={classes.dim}>{t('show.zone', { zone: schedule.timezone })}</dd>}
    </>
  );
}

/** What was printed as an address becomes a link only where it is one: it was read from an image that anybody sent. */
function webAddress(printed: string | null): string | null {
  if (printed === null) return null;
  const text = /^https?:\/\//i.test(printed) ? printed : `https://${printed}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.') ? url.href : null;
}
