import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** What a run says, held against its images. */
export default function RunReviewPage() {
  const { t } = useTranslation('review');
  return <PageHeading title={t('title')} />;
}
