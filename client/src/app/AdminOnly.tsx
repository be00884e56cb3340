import { lazy, Suspense } from 'react';
import { Outlet } from 'react-router';
import { useSession } from '../api/session.ts';
import { PageLoading } from './PageLoading.tsx';

const SignInPage = lazy(() => import('../pages/SignInPage.tsx'));

/** The pages of the admin, or, until there is a token, the place to give it: the address stays, and is gone on with. */
export function AdminOnly() {
  const isAdmin = useSession(({ token }) => token !== null);
  if (isAdmin) return <Outlet />;
  return (
    <Suspense fallback={<PageLoading />}>
      <SignInPage />
    </Suspense>
  );
}
