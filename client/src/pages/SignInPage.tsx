import { Button, Checkbox, Container, PasswordInput, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { useErrorWords } from '../api/error-words.ts';
import { signIn, useSession } from '../api/session.ts';
import { checkAdminToken } from '../api/settings.ts';
import { PageHeading } from '../components/PageHeading.tsx';

/** Asks for the admin's token, and takes it only after the server has. */
export default function SignInPage() {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const wasRefused = useSession((session) => session.wasRefused);
  const [token, setToken] = useState('');
  const [remember, setRemember] = useState(false);
  const [problem, setProblem] = useState<string | null>(wasRefused ? t('signIn.again') : null);
  const [isAsking, setIsAsking] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = token.trim();
    if (given === '') return setProblem(t('signIn.empty'));
    setIsAsking(true);
    try {
      await checkAdminToken(given);
      signIn(given, { remember });
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status === 401;
      setProblem(isRefused ? t('signIn.refused') : wordsOf(error));
      setIsAsking(false);
    }
  };

  return (
    <Container size={440} px={0} py={{ base: 'md', sm: 60 }}>
      <PageHeading title={t('signIn.title')} lead={t('signIn.intro')} />
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <PasswordInput
            label={t('signIn.token')}
            autoComplete="current-password"
            name="token"
            size="md"
            value={token}
            error={problem}
            onChange={({ currentTarget }) => {
              setToken(currentTarget.value);
              setProblem(null);
            }}
          />
          <Checkbox
            label={t('signIn.remember')}
            description={t('signIn.rememberNote')}
            checked={remember}
            onChange={({ currentTarget }) => setRemember(currentTarget.checked)}
          />
          <Button type="submit" size="md" loading={isAsking}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Container>
  );
}
