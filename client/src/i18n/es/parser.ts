import type parser from '../en/parser.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof parser> = {
  title: 'Leer imágenes',
};
export default texts;
