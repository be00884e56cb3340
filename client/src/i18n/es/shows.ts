import type shows from '../en/shows.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof shows> = {
  title: 'Shows',
  calendar: 'Calendario',
};
export default texts;
