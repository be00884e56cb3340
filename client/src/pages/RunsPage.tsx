import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** The runs, newest first. */
export default function RunsPage() {
  const { t } = useTranslation('runs');
  return <PageHeading title={t('title')} />;
}
