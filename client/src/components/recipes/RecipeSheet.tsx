import { Alert, Badge, Paper, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../../../../src/contract/clock-time.ts';
import type { Ingredient, Recipe, RecipeStep } from '../../../../src/contract/recipe.ts';
import { useFormat } from '../format.ts';
import { thumbnailOf } from '../records/thumbnail-widths.ts';
import { amountWords, ingredientKey, stepKey, type Chosen, type StripFrame } from './recipe-words.ts';
import classes from './Recipes.module.css';

interface RecipeSheetProps {
  recipe: Recipe;
  frames: readonly StripFrame[];
  /** Frames that are lit: what rests on one of them is marked, too, where a frame was chosen. */
  marked: ReadonlySet<string>;
  chosen: Chosen | null;
  isOver: boolean;
  onChoose: (chosen: Chosen) => void;
}

/** The recipe as one would print it. */
export function RecipeSheet({ recipe, frames, marked, chosen, isOver, onChoose }: RecipeSheetProps) {
  const { t } = useTranslation('recipes');
  const format = useFormat();
  const { title, servings, totalMinutes, ingredients, steps, equipment, isDraft } = recipe;
  const urls = useMemo(() => new Map(frames.map(({ imageId, thumbnailUrl }) => [imageId, thumbnailUrl])), [frames]);
  const facts: [string, string][] = [
    ...(servings === null ? [] : [[t('servings'), servings] as [string, string]]),
    ...(totalMinutes === null ? [] : [[t('time'), format.duration(totalMinutes * 60_000)] as [string, string]]),
  ];
  const isOf = (imageIds: readonly (string | null)[]) =>
    chosen?.kind === 'frame' && imageIds.some((id) => id !== null && marked.has(id));
  return (
    <Paper
      component="section"
      className={classes.sheet}
      aria-labelledby="recipe-title"
      data-draft={isDraft || undefined}
    >
      <header className={classes.head}>
        <h2 id="recipe-title">{title ?? (isDraft && !isOver ? t('draft.title') : t('untitled'))}</h2>
        {isDraft && (
          <Badge variant="outline" color="var(--notice)" radius="sm">
            {t('draft.mark')}
          </Badge>
        )}
        {facts.length > 0 && (
          <dl className={classes.facts}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </header>
      {isDraft && (
        <Text size="sm" c="dimmed" role="status">
          {isOver ? t('draft.stays') : t('draft.soon')}
        </Text>
      )}
      <div className={classes.halves}>
        <section aria-labelledby="ingredients-title">
          <h3 id="ingredients-title">{t('ingredients.title')}</h3>
          {ingredients.length === 0 && <Text c="dimmed">{t('ingredients.none')}</Text>}
          <ul className={classes.ingredients} aria-labelledby="ingredients-title">
            {ingredients.map((ingredient, at) => (
              <li key={`${at} ${ingredient.name}`}>
                <IngredientLine
                  ingredient={ingredient}
                  isChosen={chosen?.kind === 'ingredient' && chosen.key === ingredientKey(ingredient)}
                  isMarked={isOf(ingredient.imageIds)}
                  onChoose={() => onChoose({ kind: 'ingredient', key: ingredientKey(ingredient) })}
                />
              </li>
            ))}
          </ul>
          {!isDraft && ingredients.some(({ imageIds }) => imageIds.length === 0) && (
            <Alert variant="outline" color="var(--notice)" mt="md" p="sm">
              {t('ingredients.unseenNote')}
            </Alert>
          )}
          {equipment.length > 0 && (
            <>
              <h3>{t('equipment')}</h3>
              <Text>{equipment.join(', ')}</Text>
            </>
          )}
        </section>
        <section aria-labelledby="steps-title">
          <h3 id="steps-title">{t('steps.title')}</h3>
          {steps.length === 0 && <Text c="dimmed">{t('steps.none')}</Text>}
          <ol className={classes.steps} aria-labelledby="steps-title">
            {steps.map((step, at) => (
              <li key={`${at} ${step.text}`}>
                <StepLine
                  step={step}
                  number={at + 1}
                  thumbnailUrl={urls.get(step.imageId) ?? null}
                  isChosen={chosen?.kind === 'step' && chosen.key === stepKey(step)}
                  isMarked={isOf([step.imageId])}
                  onChoose={() => onChoose({ kind: 'step', key: stepKey(step) })}
                />
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Paper>
  );
}

interface LineProps {
  isChosen: boolean;
  isMarked: boolean;
  onChoose: () => void;
}

function IngredientLine({ ingredient, isChosen, isMarked, onChoose }: LineProps & { ingredient: Ingredient }) {
  const { t } = useTranslation('recipes');
  const format = useFormat();
  const { name, amount, unit, note, imageIds } = ingredient;
  const number = (value: number, digits: number) => format.number(value, digits);
  const measure = [amount === null ? null : amountWords(amount, number), unit].filter(Boolean).join(' ');
  const words = (
    <>
      <span className={classes.amount}>{measure}</span>
      <span>
        <b>{name}</b>
        {note !== null && <span className={classes.note}>, {note}</span>}
      </span>
    </>
  );
  // Nothing to light up: no button that would do nothing.
  if (imageIds.length === 0) {
    return (
      <div className={classes.line} data-unseen>
        {words}
        <span className={classes.unseen}>
          <IconEyeOff size={14} aria-hidden /> {t('ingredients.unseen')}
        </span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className={classes.line}
      aria-pressed={isChosen}
      data-marked={isMarked || undefined}
      onClick={onChoose}
    >
      {words} <span className={classes.count}>{t('ingredients.frames', { count: imageIds.length })}</span>
    </button>
  );
}

function StepLine({
  step,
  number,
  thumbnailUrl,
  isChosen,
  isMarked,
  onChoose,
}: LineProps & { step: RecipeStep; number: number; thumbnailUrl: string | null }) {
  const { t } = useTranslation('recipes');
  const { text, timeMs } = step;
  return (
    <button
      type="button"
      className={classes.step}
      aria-pressed={isChosen}
      data-marked={isMarked || undefined}
      onClick={onChoose}
    >
      <span className={classes.number}>{number}</span>
      <span className={classes.stepText}>
        {text}{' '}
        <span className={classes.count}>
          {timeMs === null ? t('steps.noTime') : t('steps.at', { time: clockTime(timeMs) })}
        </span>
      </span>
      {thumbnailUrl !== null && <img src={thumbnailOf(thumbnailUrl, 320)} alt="" loading="lazy" decoding="async" />}
    </button>
  );
}
