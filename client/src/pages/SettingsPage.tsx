import { useTranslation } from 'react-i18next';
import { useSettings } from '../api/settings.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { ModelCard } from '../components/settings/ModelCard.tsx';
import { SettingsEditor } from '../components/settings/SettingsEditor.tsx';
import classes from '../components/settings/Settings.module.css';

/** How runs read, each setting explained; and the model that answers. */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const settings = useSettings();
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <div className={classes.layout}>
        <div>
          {settings.data !== undefined ? (
            <SettingsEditor saved={settings.data} />
          ) : settings.isError ? (
            <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />
          ) : (
            <PageLoading />
          )}
        </div>
        <div className={classes.aside}>
          <ModelCard />
        </div>
      </div>
    </>
  );
}
