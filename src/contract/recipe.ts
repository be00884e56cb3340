/** What goes into a dish. */
export interface Ingredient {
  name: string;
  /** Null where nobody said how much. */
  amount: number | null;
  /** As said: `g`, `cups`, `tbsp`; null where there is none. */
  unit: string | null;
  /** `finely chopped`, `at room temperature` … */
  note: string | null;
  /** Frames in which it was seen, named or written. None: it is only in the written recipe, and may be made up. */
  imageIds: string[];
}

/** A step of a recipe. */
export interface RecipeStep {
  text: string;
  /** Where it begins in the video, ms; null where nobody can say. */
  timeMs: number | null;
  /** The frame nearest to that time; null without one. */
  imageId: string | null;
}

/** What one frame shows. */
export interface RecipeFrame {
  imageId: string;
  image: string;
  /** In the video, ms; null for a picture that is of no video. */
  timeMs: number | null;
  description: string;
}

/** The recipe that a video shows: one for each run. */
export interface Recipe {
  id: string;
  title: string | null;
  servings: string | null;
  totalMinutes: number | null;
  ingredients: Ingredient[];
  steps: RecipeStep[];
  equipment: string[];
  /** In the order of the video. */
  frames: RecipeFrame[];
  /** Put together from the frames alone, before it was written as a whole (or where that could not be done). */
  isDraft: boolean;
}
