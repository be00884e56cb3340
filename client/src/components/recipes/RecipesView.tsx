import { Paper, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recipe } from '../../../../src/contract/recipe.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import type { RunResult } from '../../../../src/contract/run.ts';
import { FrameSearch } from './FrameSearch.tsx';
import { FrameStrip } from './FrameStrip.tsx';
import { framesOf, ingredientKey, stepKey, stripFrames, type Chosen } from './recipe-words.ts';
import { RecipeSheet } from './RecipeSheet.tsx';
import { StepTimes } from './StepTimes.tsx';
import { VideoSending } from './VideoSending.tsx';
import classes from './Recipes.module.css';

interface RecipesViewProps {
  run: RunResult;
  /** Undefined until a frame was described. */
  recipe: Recipe | undefined;
  images: readonly RunImage[];
  isOver: boolean;
}

/** A video as its frames, and below them the recipe: what is chosen in one lights up in the other. */
export function RecipesView({ run, recipe, images, isOver }: RecipesViewProps) {
  const { t } = useTranslation('recipes');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const frames = useMemo(() => stripFrames(images, recipe), [images, recipe]);
  const marked = useMemo(() => framesOf(recipe, chosen), [recipe, chosen]);
  /** Chosen again, it is let go. */
  const choose = (next: Chosen) => setChosen(chosen?.kind === next.kind && chosen.key === next.key ? null : next);
  const chosenId = chosen?.kind === 'frame' ? chosen.key : null;
  const chooseFrame = (imageId: string) => choose({ kind: 'frame', key: imageId });
  const steps = run.metrics.steps ?? [];
  return (
    <Stack gap="lg">
      <VideoSending run={run} isOver={isOver} />
      <FrameStrip
        frames={frames}
        marked={marked}
        chosenId={chosenId}
        told={<ToldChoice recipe={recipe} chosen={chosen} count={marked.size} />}
        isOver={isOver}
        onChoose={chooseFrame}
      />
      {recipe === undefined ? (
        <Paper p="lg" className={classes.sheet}>
          <Text c="dimmed">{isOver ? t('none') : t('soon')}</Text>
        </Paper>
      ) : (
        <RecipeSheet
          recipe={recipe}
          frames={frames}
          marked={marked}
          chosen={chosen}
          isOver={isOver}
          onChoose={choose}
        />
      )}
      {recipe !== undefined && (
        <FrameSearch runId={run.runId} described={recipe.frames.length} chosenId={chosenId} onChoose={chooseFrame} />
      )}
      {steps.length > 0 && <StepTimes steps={steps} isOver={isOver} />}
    </Stack>
  );
}

/** What was chosen and how many frames bear it out, in words: seen below the strip, and said out loud. */
function ToldChoice({ recipe, chosen, count }: { recipe: Recipe | undefined; chosen: Chosen | null; count: number }) {
  const { t } = useTranslation('recipes');
  switch (chosen?.kind) {
    case 'frame':
      return recipe?.frames.find(({ imageId }) => imageId === chosen.key)?.description ?? t('strip.undescribed');
    case 'step': {
      const at = recipe?.steps.findIndex((each) => stepKey(each) === chosen.key) ?? -1;
      return at < 0 ? t('strip.hint') : t('strip.ofStep', { number: at + 1, count });
    }
    case 'ingredient': {
      const name = recipe?.ingredients.find((each) => ingredientKey(each) === chosen.key)?.name;
      return name === undefined ? t('strip.hint') : t('strip.ofIngredient', { name, count });
    }
    case undefined:
      return t('strip.hint');
  }
}
