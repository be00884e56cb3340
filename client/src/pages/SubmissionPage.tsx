import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** What became of what was sent in. */
export default function SubmissionPage() {
  const { t } = useTranslation('submit');
  return <PageHeading title={t('title')} />;
}
