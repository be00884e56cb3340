import type runs from '../en/runs.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof runs> = {
  title: 'Lecturas',
};
export default texts;
