import type { Box, ShowReading } from '../../contract/show.ts';
import type { PageText } from '../../contract/text-line.ts';

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

/** Where a box of a page that was turned counter-clockwise lies on the image before the turn. All in fractions. */
export function unturned([x, y, width, height]: Box, turns: Turns): Box {
  switch (turns) {
    case 0:
      return [x, y, width, height];
    case 1:
      return [1 - y - height, x, height, width];
    case 2:
      return [1 - x - width, 1 - y - height, width, height];
    case 3:
      return [y, 1 - x - width, height, width];
  }
}
