import { useTranslation } from 'react-i18next';
import type { ListedShowDetail } from '../../../../src/contract/catalogue.ts';
import { useShowWords } from './show-words.ts';
import classes from './ShowDetail.module.css';

/** When the show was seen, and by how many images: how far it can be trusted today. */
export function ShowEvidence({ show }: { show: ListedShowDetail }) {
  const { t, i18n } = useTranslation('shows');
  const words = useShowWords();
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(show.confidence);
  return (
    <section className={classes.panel} aria-labelledby="evidence">
      <h2 id="evidence">{t('show.evidence')}</h2>
      <p>
        {t('show.lastSeen', { date: words.dayOf(show.lastConfirmedAt) })}{' '}
        <span className={classes.dim}>{t('show.listedSince', { date: words.dayOf(show.firstListedAt) })}</span>
      </p>
      <ul className={classes.nights}>
        {show.evidence.map(({ changesetId, kind, at, imageIds }) => (
          <li key={`${changesetId}/${kind}/${at}`}>
            <span>
              {t(`show.kind.${kind}`)}
              {imageIds.length > 0 && `, ${t('show.images', { count: imageIds.length })}`}
            </span>
            <span className={classes.dim}>
              <time dateTime={at}>{words.dayOf(at)}</time>
            </span>
          </li>
        ))}
      </ul>
      <p className={classes.dim}>
        {t('show.sure')}: {share}
      </p>
    </section>
  );
}
