import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** The published list. */
export default function ShowsPage({ view }: { view: 'list' | 'calendar' }) {
  const { t } = useTranslation('shows');
  return <PageHeading title={view === 'list' ? t('title') : t('calendar')} />;
}
