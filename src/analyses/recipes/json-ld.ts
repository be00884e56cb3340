import type { Ingredient, Recipe } from '../../contract/recipe.ts';

/** Recipes as schema.org has them, in one graph; what is not known is left out, and nothing is made up. */
export function recipesToJsonLd(recipes: readonly Recipe[]): string {
  const graph = recipes.map((recipe) =>
    known({
      '@type': 'Recipe',
      '@id': `urn:contactsheet:${recipe.id}`,
      name: recipe.title,
      recipeYield: recipe.servings,
      totalTime: recipe.totalMinutes === null ? null : `PT${recipe.totalMinutes}M`,
      recipeIngredient: recipe.ingredients.map(ingredientWords),
      recipeInstructions: recipe.steps.map(({ text, timeMs }, place) => ({
        '@type': 'HowToStep',
        position: place + 1,
        text,
        ...(timeMs !== null && { video: { '@type': 'Clip', startOffset: Math.round(timeMs / 1_000) } }),
      })),
      tool: recipe.equipment.map((name) => ({ '@type': 'HowToTool', name })),
    }),
  );
  return `${JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }, null, 2)}\n`;
}

/** `200 g flour, sifted`. */
export function ingredientWords({ amount, unit, name, note }: Ingredient): string {
  const much = [amount === null ? null : String(Math.round(amount * 100) / 100), unit].filter((part) => part !== null);
  return `${[...much, name].join(' ')}${note === null ? '' : `, ${note}`}`;
}

function known(node: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
