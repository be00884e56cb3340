import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ModelInfo, ModelTest } from '../../../src/contract/model-test.ts';
import type { Settings } from '../../../src/contract/settings.ts';
import { call } from './http.ts';
import { queryKeys } from './query-keys.ts';

export function useSettings() {
  return useQuery({
    queryKey: queryKeys.settings(),
    queryFn: ({ signal }) => call<Settings>('/api/admin/settings', { signal }),
  });
}

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: Settings) => call<Settings>('/api/admin/settings', { method: 'PUT', body: settings }),
    onSuccess: (settings) => client.setQueryData(queryKeys.settings(), settings),
  });
}

export function useModel() {
  return useQuery({
    queryKey: queryKeys.model(),
    queryFn: ({ signal }) => call<ModelInfo>('/api/admin/model', { signal }),
  });
}

export function useTestModel() {
  return useMutation({ mutationFn: () => call<ModelTest>('/api/admin/model/test', { method: 'POST' }) });
}

/** Whether a token is the admin's: asked with a call that only the admin may make. @throws ApiError `auth.required` */
export async function checkAdminToken(token: string): Promise<void> {
  await call<Settings>('/api/admin/settings', { token });
}
