import { Group, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconBrightnessAuto, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { signOut, useSession } from '../api/session.ts';
import { LANGUAGES } from '../i18n/resources.ts';
import classes from './Shell.module.css';

const SCHEMES = ['auto', 'light', 'dark'] as const;
const ICONS = { auto: IconBrightnessAuto, light: IconSun, dark: IconMoon } as const satisfies Record<
  MantineColorScheme,
  unknown
>;
/** Each language by its own name: whoever looks for it may not read the other. */
const NAMES = { en: 'English', es: 'Español' } as const;

/** Language, colours, and the way out for the admin. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const isAdmin = useSession(({ token }) => token !== null);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = ICONS[colorScheme];
  const other = LANGUAGES.find((language) => language !== i18n.language) ?? 'en';
  return (
    <Group gap={2} ml="auto" wrap="nowrap">
      <button
        type="button"
        className={classes.preference}
        lang={other}
        title={NAMES[other]}
        aria-label={`${other.toUpperCase()}: ${NAMES[other]}`}
        onClick={() => void i18n.changeLanguage(other)}
      >
        {other.toUpperCase()}
      </button>
      <button
        type="button"
        className={classes.preference}
        aria-label={`${t('scheme.label')}: ${t(`scheme.${colorScheme}`)}`}
        title={`${t('scheme.label')}: ${t(`scheme.${colorScheme}`)}`}
        onClick={() => setColorScheme(after(colorScheme))}
      >
        <Icon size={19} aria-hidden />
      </button>
      {isAdmin && (
        <button
          type="button"
          className={classes.preference}
          aria-label={t('signOut')}
          title={t('signOut')}
          onClick={() => signOut()}
        >
          <IconLogout size={19} aria-hidden />
        </button>
      )}
    </Group>
  );
}

function after(scheme: MantineColorScheme): MantineColorScheme {
  return SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? 'auto';
}
