import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingName } from './settings-form.ts';
import classes from './Settings.module.css';

/** One setting: its name, what it does in a line, and where it is set (labelled by `setting-<name>`). */
export function SettingRow({
  name,
  isChanged,
  children,
}: {
  name: SettingName;
  isChanged: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('settings');
  return (
    <div
      className={classes.setting}
      data-changed={isChanged || undefined}
      role="group"
      aria-labelledby={`setting-${name}`}
      aria-describedby={`about-${name}`}
    >
      <div>
        <div className={classes.name} id={`setting-${name}`}>
          {t(`name.${name}`)}
        </div>
        <Text size="sm" c="dimmed" id={`about-${name}`}>
          {t(`about.${name}`)}
        </Text>
      </div>
      <div>{children}</div>
    </div>
  );
}
