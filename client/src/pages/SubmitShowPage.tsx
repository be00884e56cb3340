import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** Anybody sends in what is on, without an account. */
export default function SubmitShowPage() {
  const { t } = useTranslation('submit');
  return <PageHeading title={t('title')} />;
}
