import type review from '../en/review.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof review> = {
  title: 'Revisión',
};
export default texts;
