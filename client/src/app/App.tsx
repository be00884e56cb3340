import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { createQueryClient } from '../api/query-client.ts';
import { askForShows } from '../api/show-lists.ts';
import { CrashNotice } from './CrashNotice.tsx';
import { Pages } from './routes.tsx';
import { announceStyleNonce, styleNonce } from './style-nonce.ts';
import { cssVariables, theme } from './theme.ts';

const queryClient = createQueryClient();
if (location.pathname === '/' && location.search === '') askForShows(queryClient);
announceStyleNonce();

/** Everything that the pages stand on: texts, look, server state, addresses. */
export function App({ i18n }: { i18n: i18n }) {
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <CrashNotice>
          <QueryClientProvider client={queryClient}>
            <Notifications position="bottom-right" limit={3} />
            <BrowserRouter>
              <Pages />
            </BrowserRouter>
          </QueryClientProvider>
        </CrashNotice>
      </MantineProvider>
    </I18nextProvider>
  );
}
