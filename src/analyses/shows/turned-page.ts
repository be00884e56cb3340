import type { ShowReading } from '../../contract/show.ts';
import type { PageText } from '../../contract/text-line.ts';
import { unturned } from '../grounding/boxes.ts';

type Turns = NonNullable<PageText['turns']>;

/** The reading with its boxes on the image as people see it, where the reader had turned the page to read it. */
export function onUnturnedImage(reading: ShowReading, turns: Turns): ShowReading {
  if (turns === 0) return reading;
  const fields = Object.entries(reading.fields).map(([path, field]) => [
    path,
    { ...field, box: field.box && unturned(field.box, turns) },
  ]);
  return { ...reading, fields: Object.fromEntries(fields) as ShowReading['fields'] };
}
