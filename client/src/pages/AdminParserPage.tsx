import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useErrorWords } from '../api/error-words.ts';
import { useStartRun, type RunWish } from '../api/piles.ts';
import { PageHeading } from '../components/PageHeading.tsx';
import { PileView } from '../components/parser/PileView.tsx';
import { RunView } from '../components/parser/RunView.tsx';
import { usePileOnPage } from '../components/parser/use-pile.ts';

/** A pile of images, watched while it becomes a list. Pile and run are in the address: any machine can go on with them. */
export default function AdminParserPage() {
  const { t } = useTranslation(['parser', 'records', 'recipes']);
  const wordsOf = useErrorWords();
  const [params, setParams] = useSearchParams();
  const pileId = params.get('pile');
  const runId = params.get('run');
  // The analysis that was chosen stays with the pile.
  const analysis = params.get('analysis');
  const chosen: Record<string, string> = analysis === null ? {} : { analysis };
  const isOfVideo = analysis === 'recipes' && pileId === null;
  const pile = usePileOnPage(pileId, (begun) => setParams({ ...chosen, pile: begun }, { replace: true }));
  const startRun = useStartRun();

  const start = (wish: RunWish) => {
    if (pileId === null) return;
    startRun.mutate(
      { pileId, wish },
      {
        onSuccess: (started) => setParams({ ...chosen, pile: pileId, run: started }),
        onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
      },
    );
  };

  return (
    <>
      <PageHeading title={t('title')} lead={runId === null ? t('lead') : undefined}>
        {(pileId !== null || runId !== null) && (
          <Button variant="default" onClick={() => setParams(isOfVideo ? chosen : {})}>
            {isOfVideo ? t('recipes:another') : t('newPile')}
          </Button>
        )}
      </PageHeading>
      {runId === null ? (
        <PileView pileId={pileId} pile={pile} isStarting={startRun.isPending} onStart={start} />
      ) : (
        <RunView
          key={runId}
          runId={runId}
          pileSize={pileId === null ? null : pile.images.length}
          onPile={pileId === null ? null : () => setParams({ ...chosen, pile: pileId })}
        />
      )}
    </>
  );
}
