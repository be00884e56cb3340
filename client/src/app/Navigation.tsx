import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useSession } from '../api/session.ts';
import classes from './Shell.module.css';

/** The ways to go; those of the admin once signed in. */
export function Navigation() {
  const { t } = useTranslation();
  const isAdmin = useSession(({ token }) => token !== null);
  return (
    <>
      <Way to="/" label={t('shows')} end />
      <Way to="/calendar" label={t('calendar')} />
      <Way to="/submit" label={t('submit')} />
      {isAdmin ? (
        <>
          <span className={classes.divider} aria-hidden />
          <Way to="/admin/parser" label={t('parser')} />
          <Way to="/admin/runs" label={t('runs')} />
          <Way to="/performance" label={t('performance')} />
          <Way to="/admin/settings" label={t('settings')} />
        </>
      ) : (
        <Way to="/admin/parser" label={t('signIn.title')} />
      )}
    </>
  );
}

function Way({ to, label, end = false }: { to: string; label: string; end?: boolean }) {
  return (
    <NavLink to={to} end={end} className={classes.way}>
      {label}
    </NavLink>
  );
}
