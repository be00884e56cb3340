import { Anchor, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './Records.module.css';
import { DONE_HERE, OFFERED, type AnalysisOnPage } from './use-analysis.ts';

/** What the images are asked about. Without a key there is only what this machine does by itself, and it says why. */
export function AnalysisChoice({ analysis, choose, isLocal }: AnalysisOnPage) {
  const { t } = useTranslation('records');
  return (
    <div>
      <Text size="sm" fw={600} mb={4} id="analysis-label">
        {t('choice.label')}
      </Text>
      <SegmentedControl
        fullWidth
        withItemsBorders={false}
        classNames={{ root: classes.choice }}
        aria-labelledby="analysis-label"
        value={analysis}
        onChange={choose}
        data={OFFERED.map((name) => ({
          value: name,
          label: t(`choice.${name}`),
          disabled: isLocal && !DONE_HERE.includes(name),
        }))}
      />
      <Text size="sm" c="dimmed" mt={6}>
        {t(`choice.${analysis}Note`)} {isLocal && t('choice.needsKey')}{' '}
        {isLocal && (
          <Anchor component={Link} to="/admin/settings" size="sm" underline="always">
            {t('choice.settings')}
          </Anchor>
        )}
      </Text>
    </div>
  );
}
