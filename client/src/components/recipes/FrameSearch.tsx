import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../../../../src/contract/clock-time.ts';
import type { FoundImage } from '../../../../src/contract/search.ts';
import { ApiError } from '../../api/api-error.ts';
import { useRunSearch } from '../../api/search.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { thumbnailOf } from '../records/thumbnail-widths.ts';
import classes from './Recipes.module.css';

interface FrameSearchProps {
  runId: string;
  /** Frames that can be found so far. */
  described: number;
  chosenId: string | null;
  onChoose: (imageId: string) => void;
}

const MOST_CHARACTERS = 200;

/** Frames by what they are about. Asked when it is sent, and not at each letter: every question is a call of a model. */
export function FrameSearch({ runId, described, chosenId, onChoose }: FrameSearchProps) {
  const { t } = useTranslation('recipes');
  const [typed, setTyped] = useState('');
  const [question, setQuestion] = useState('');
  const { data: found, error, isFetching, refetch } = useRunSearch(runId, question, described);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setQuestion(typed.trim());
  };
  return (
    <section aria-labelledby="search-title">
      <h2 id="search-title" className={classes.title}>
        {t('search.title')}
      </h2>
      <form role="search" onSubmit={submit}>
        <Group gap="xs" align="flex-end" wrap="nowrap" maw={620}>
          <TextInput
            type="search"
            label={t('search.label')}
            placeholder={t('search.example')}
            value={typed}
            maxLength={MOST_CHARACTERS}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            style={{ flex: 1 }}
          />
          <Button
            type="submit"
            variant="default"
            loading={isFetching}
            leftSection={<IconSearch size={16} aria-hidden />}
          >
            {t('search.find')}
          </Button>
        </Group>
      </form>
      {error !== null && question !== '' && <SearchProblem error={error} onRetry={() => void refetch()} />}
      <Text size="sm" c="dimmed" mt="xs" role="status">
        {found !== undefined && question !== '' && t('search.found', { count: found.length, question })}
      </Text>
      {found !== undefined && question !== '' && (
        <ol className={classes.found} aria-label={t('search.results')}>
          {found.map((each, at) => (
            <li key={`${at} ${each.imageId ?? each.image}`}>
              <Found found={each} isChosen={each.imageId === chosenId} onChoose={onChoose} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Found({
  found: { imageId, timeMs, text, thumbnailUrl },
  isChosen,
  onChoose,
}: {
  found: FoundImage;
  isChosen: boolean;
  onChoose: (imageId: string) => void;
}) {
  return (
    <button
      type="button"
      className={classes.hit}
      aria-pressed={isChosen && imageId !== null}
      onClick={() => imageId !== null && onChoose(imageId)}
    >
      {thumbnailUrl !== null && <img src={thumbnailOf(thumbnailUrl, 320)} alt="" loading="lazy" decoding="async" />}
      <span className={classes.hitText}>
        {timeMs !== null && <span className="edge-print">{clockTime(timeMs)}</span>} {text}
      </span>
    </button>
  );
}

/** Without a model for it nothing is wrong with the question: it says what is missing, and how to have it. */
function SearchProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('recipes');
  if (!(error instanceof ApiError && error.code === 'model.notConfigured')) {
    return <ProblemNotice error={error} onRetry={onRetry} />;
  }
  return (
    <Alert variant="outline" color="var(--notice)" role="alert" mt="sm" title={t('search.notSetUp')}>
      {t('search.howToSetUp')}
    </Alert>
  );
}
