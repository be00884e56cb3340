import { Alert, Button, FileButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useStartRun } from '../api/piles.ts';
import { submissionPath } from '../api/submissions.ts';
import { PageHeading } from '../components/PageHeading.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { ACCEPTED } from '../components/parser/intake-files.ts';
import { usePileOnPage, type PileOnPage } from '../components/parser/use-pile.ts';
import { ImageIntake } from '../components/submit/ImageIntake.tsx';
import { ImageTile } from '../components/submit/ImageTile.tsx';
import { useFailureWords } from '../components/submit/failure-words.ts';
import classes from '../components/submit/Submit.module.css';

/** As the server bounds a visitor's pile; one that it bounds tighter says so by itself. */
const MOST_IMAGES = 20;

/** Anybody sends in what is on, without an account. */
export default function SubmitShowPage() {
  const { t } = useTranslation('submit');
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const pileId = params.get('pile');
  const pile = usePileOnPage(pileId, (begun) => setParams({ pile: begun }, { replace: true }));
  const startRun = useStartRun();
  const [town, setTown] = useState({ city: '', state: '' });
  const isEmpty = pile.frames.length === 0;
  const ready = pile.images.filter(({ duplicateOf }) => duplicateOf === null).length;
  const tooMany = Math.max(0, pile.frames.length - MOST_IMAGES);

  const send = () => {
    if (pileId === null) return;
    const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
    const [city, state] = [town.city.trim(), town.state.trim()];
    const wish = { timezone, ...(city !== '' && { city }), ...(state !== '' && { state }) };
    startRun.mutate(
      { pileId, wish },
      { onSuccess: (runId) => void navigate(submissionPath(runId), { replace: true }) },
    );
  };

  return (
    <Stack gap="lg" maw={1040}>
      <PageHeading title={t('title')} lead={t('lead')} />
      <ImageIntake isEmpty={isEmpty} onFiles={(files) => void pile.addFiles(files)} />
      {pile.error !== null && pile.error !== undefined && (
        <ProblemNotice error={pile.error} onRetry={() => setParams({}, { replace: true })} />
      )}
      <PileProblems pile={pile} />
      {!isEmpty && (
        <>
          <ul className={classes.tiles} aria-label={t('images')}>
            {pile.frames.map((frame) => (
              <ImageTile
                key={frame.key}
                frame={frame}
                onRemove={(gone) => pile.remove(gone)}
                onRetry={(failed) => pile.retry(failed)}
                onReplace={(gone, file) => {
                  pile.remove(gone);
                  void pile.addFiles([file]);
                }}
              />
            ))}
          </ul>
          <section className={classes.panel}>
            <Text fw={650}>{t('town.title')}</Text>
            <Text size="sm" c="dimmed" mb="sm">
              {t('town.text')}
            </Text>
            <div className={classes.two}>
              <TextInput
                label={t('town.city')}
                size="md"
                maxLength={100}
                autoComplete="address-level2"
                classNames={{ input: classes.field }}
                value={town.city}
                onChange={({ currentTarget: { value } }) => setTown((before) => ({ ...before, city: value }))}
              />
              <TextInput
                label={t('town.state')}
                size="md"
                maxLength={100}
                autoComplete="address-level1"
                classNames={{ input: classes.field }}
                value={town.state}
                onChange={({ currentTarget: { value } }) => setTown((before) => ({ ...before, state: value }))}
              />
            </div>
          </section>
          <div className={classes.onward}>
            {startRun.error !== null && <ProblemNotice error={startRun.error} onRetry={send} />}
            {tooMany > 0 && (
              <Alert color="red" variant="outline" mb="xs">
                {t('tooMany', { most: MOST_IMAGES, count: tooMany })}
              </Alert>
            )}
            <Group gap="md">
              <Button
                size="lg"
                mih={48}
                loading={startRun.isPending}
                disabled={ready === 0 || pile.underWay > 0 || tooMany > 0}
                onClick={send}
              >
                {t('read', { count: ready })}
              </Button>
              <Text size="sm" c="dimmed" role="status">
                {pile.underWay > 0 ? t('underWay', { count: pile.underWay }) : ready > 0 ? t('checked') : ''}
              </Text>
            </Group>
          </div>
        </>
      )}
      {isEmpty && <HowItGoes />}
    </Stack>
  );
}

/** Files that gave no image. The pile keeps them; whoever has read of one need not read on. */
function PileProblems({ pile }: { pile: PileOnPage }) {
  const { t } = useTranslation('submit');
  const wordsOf = useFailureWords();
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  return pile.problems
    .map((problem, index) => ({ ...problem, key: `${index}/${problem.file}` }))
    .filter(({ key }) => !read.has(key))
    .map(({ key, file, code, detail }) => {
      const close = () => setRead((before) => new Set([...before, key]));
      return (
        <Alert key={key} color="red" variant="outline" classNames={{ title: classes.alert }} title={file} role="alert">
          <Text size="sm">{wordsOf({ code, detail })}</Text>
          <Group gap="xs" mt="xs">
            <FileButton
              accept={ACCEPTED}
              onChange={(given) => {
                if (given === null) return;
                close();
                void pile.addFiles([given]);
              }}
            >
              {(props) => (
                <Button {...props} variant="default" mih={44}>
                  {t('tile.replace')}
                </Button>
              )}
            </FileButton>
            <Button variant="subtle" color="gray" c="inherit" mih={44} onClick={close}>
              {t('leaveOut')}
            </Button>
          </Group>
        </Alert>
      );
    });
}

function HowItGoes() {
  const { t } = useTranslation('submit');
  return (
    <section aria-labelledby="how">
      <Text component="h2" id="how" fw={650} mb={6}>
        {t('how.title')}
      </Text>
      <ol style={{ margin: 0, paddingInlineStart: 20, lineHeight: 1.7 }}>
        <li>{t('how.read')}</li>
        <li>{t('how.check')}</li>
        <li>{t('how.listed')}</li>
      </ol>
      <Text size="sm" c="dimmed" mt="sm">
        {t('how.kept')}
      </Text>
    </section>
  );
}
