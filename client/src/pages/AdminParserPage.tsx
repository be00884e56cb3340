import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** A pile of images, watched while it becomes a list. */
export default function AdminParserPage() {
  const { t } = useTranslation('parser');
  return <PageHeading title={t('title')} />;
}
