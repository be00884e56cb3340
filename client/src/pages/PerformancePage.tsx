import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionNotice } from '../components/ConnectionNotice.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { AdviceList } from '../components/performance/AdviceList.tsx';
import { CHARTS } from '../components/performance/charts.ts';
import { LiveChart } from '../components/performance/LiveChart.tsx';
import { LiveFigures } from '../components/performance/LiveFigures.tsx';
import { RunPicture } from '../components/performance/RunPicture.tsx';
import classes from '../components/performance/Performance.module.css';
import { followPerformance, usePerformanceStore } from '../stores/PerformanceStore.ts';

/** Why it is fast or slow, live. */
export default function PerformancePage() {
  const { t } = useTranslation('performance');
  const { samples, advice, connection, error, isLoaded } = usePerformanceStore();
  useEffect(() => followPerformance(), []);
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <Stack gap={36}>
        <Stack gap="md" component="section" aria-label={t('live')}>
          <h2 className="visually-hidden">{t('live')}</h2>
          <ConnectionNotice isLost={connection === 'lost'} />
          {error !== null && <ProblemNotice error={error} />}
          {advice.length > 0 && <AdviceList advice={advice} />}
          <LiveFigures sample={samples.at(-1)} />
          {isLoaded && samples.length < 2 && <Text c="dimmed">{t('quiet')}</Text>}
          {samples.length >= 2 && (
            <div className={classes.charts}>
              {CHARTS.map((chart) => (
                <LiveChart key={chart.key} chart={chart} samples={samples} />
              ))}
            </div>
          )}
        </Stack>
        <RunPicture />
      </Stack>
    </>
  );
}
