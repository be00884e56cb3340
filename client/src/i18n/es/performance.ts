import type performance from '../en/performance.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof performance> = {
  title: 'Rendimiento',
};
export default texts;
