import type submit from '../en/submit.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof submit> = {
  title: 'Enviar un show',
};
export default texts;
