import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** Why it is fast or slow, live. */
export default function PerformancePage() {
  const { t } = useTranslation('performance');
  return <PageHeading title={t('title')} />;
}
