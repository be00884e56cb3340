import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import ShowsPage from '../pages/ShowsPage.tsx';
import { AdminOnly } from './AdminOnly.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { PageLoading } from './PageLoading.tsx';
import { Shell } from './Shell.tsx';

// All but the first page come when they are opened.
const ShowPage = lazy(() => import('../pages/ShowPage.tsx'));
const SubmitShowPage = lazy(() => import('../pages/SubmitShowPage.tsx'));
const SubmissionPage = lazy(() => import('../pages/SubmissionPage.tsx'));
const AdminParserPage = lazy(() => import('../pages/AdminParserPage.tsx'));
const RunsPage = lazy(() => import('../pages/RunsPage.tsx'));
const RunReviewPage = lazy(() => import('../pages/RunReviewPage.tsx'));
const SettingsPage = lazy(() => import('../pages/SettingsPage.tsx'));
const PerformancePage = lazy(() => import('../pages/PerformancePage.tsx'));

/** The addresses. The server answers these with 200 (`src/http/client-pages.ts`). */
export function Pages() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Page of={<ShowsPage view="list" />} />} />
        <Route path="calendar" element={<Page of={<ShowsPage view="calendar" />} />} />
        <Route path="shows/:id" element={<Page of={<ShowPage />} />} />
        <Route path="submit" element={<Page of={<SubmitShowPage />} />} />
        <Route path="submit/:id" element={<Page of={<SubmissionPage />} />} />
        <Route element={<AdminOnly />}>
          <Route path="admin/parser" element={<Page of={<AdminParserPage />} />} />
          <Route path="admin/runs" element={<Page of={<RunsPage />} />} />
          <Route path="admin/runs/:id" element={<Page of={<RunReviewPage />} />} />
          <Route path="admin/settings" element={<Page of={<SettingsPage />} />} />
          <Route path="performance" element={<Page of={<PerformancePage />} />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

/** A page whose code comes when it is opened. */
function Page({ of }: { of: React.ReactNode }) {
  return <Suspense fallback={<PageLoading />}>{of}</Suspense>;
}
