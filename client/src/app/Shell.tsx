import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { useSession } from '../api/session.ts';
import { CrashNotice } from './CrashNotice.tsx';
import { Navigation } from './Navigation.tsx';
import { Preferences } from './Preferences.tsx';
import classes from './Shell.module.css';

const CONTENT = 'content';

/** What is around every page: the strip with the ways to go, and the preferences. */
export function Shell() {
  const { t, i18n } = useTranslation();
  const isAdmin = useSession(({ token }) => token !== null);
  // The ways of the admin are many, and Spanish words longer: side by side they need a wider page.
  const wide = isAdmin && i18n.language === 'es' ? 'lg' : 'md';
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(() => {
    close();
    globalThis.scrollTo(0, 0);
  }, [pathname, close]);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close();
    globalThis.addEventListener('keydown', onKey);
    return () => globalThis.removeEventListener('keydown', onKey);
  }, [isOpen, close]);
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 280, breakpoint: wide, collapsed: { mobile: !isOpen, desktop: true } }}
      padding={{ base: 'md', sm: 'lg', md: 'xl' }}
    >
      <a className={classes.skip} href={`#${CONTENT}`}>
        {t('skip')}
      </a>
      <AppShell.Header className={classes.strip} withBorder={false}>
        <Group h="100%" px={{ base: 'md', md: 'xl' }} gap="lg" wrap="nowrap">
          <Burger
            hiddenFrom={wide}
            size="sm"
            opened={isOpen}
            onClick={toggle}
            color="var(--film-print)"
            aria-label={isOpen ? t('closeNavigation') : t('openNavigation')}
            aria-expanded={isOpen}
          />
          <Link to="/" className={classes.brand}>
            <img src="/icon.svg" alt="" width={26} height={26} />
            <span>{t('brand')}</span>
          </Link>
          <Group visibleFrom={wide} gap="xs" flex={1} component="nav" aria-label={t('navigation')} wrap="nowrap">
            <Navigation />
          </Group>
          <Preferences />
        </Group>
      </AppShell.Header>
      {isOpen && (
        <AppShell.Navbar className={classes.drawer} withBorder={false} aria-label={t('menu')} p="md" hiddenFrom={wide}>
          <Navigation />
        </AppShell.Navbar>
      )}
      <AppShell.Main id={CONTENT} tabIndex={-1} className={classes.main}>
        {/* A page that broke must not break the next one. */}
        <CrashNotice key={pathname}>
          <Outlet />
        </CrashNotice>
      </AppShell.Main>
    </AppShell>
  );
}
