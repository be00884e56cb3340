import type { Box } from './show.ts';

/** Where one product can be seen. */
export interface ProductPlace {
  imageId: string;
  /** The file's name; of a detection with its number (`shelf.jpg #3`). */
  image: string;
  /** In the upright image; null where nobody said. */
  box: Box | null;
  /** 0..1, as the model says. */
  confidence: number;
}

/** A price as printed; amount and currency where the print can be read as such. */
export interface PrintedPrice {
  text: string;
  amount: number | null;
  /** ISO 4217 */
  currency: string | null;
}

/** A product, with all places where it was seen. */
export interface Product {
  id: string;
  name: string | null;
  brand: string | null;
  category: string | null;
  colours: string[];
  materials: string[];
  /** Words printed on it, other than name and brand. */
  text: string | null;
  price: PrintedPrice | null;
  /** 0..1: of its surest place. */
  confidence: number;
  places: ProductPlace[];
  /** Fields on which its places disagree, the commonest value first. */
  conflicts: { field: string; values: { value: string; places: number }[] }[];
}
