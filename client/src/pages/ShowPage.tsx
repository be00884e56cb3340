import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** One published show. */
export default function ShowPage() {
  const { t } = useTranslation('shows');
  return <PageHeading title={t('title')} />;
}
