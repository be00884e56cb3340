import type settings from '../en/settings.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof settings> = {
  title: 'Ajustes',
};
export default texts;
