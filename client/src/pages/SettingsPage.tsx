import { useTranslation } from 'react-i18next';
import { PageHeading } from '../components/PageHeading.tsx';

/** How runs are done. */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  return <PageHeading title={t('title')} />;
}
