import type { Layout } from '../layout.ts';
import { Sheet } from '../paint.ts';
import { paper, slate, PALETTES } from '../pictures.ts';
import { conversation } from './messages.ts';

/** A menu: prices, hours, days, no karaoke. */
export const menu: Layout = ({ random, width }) => {
  const unit = width / 1080;
  const sheet = new Sheet(width, Math.round(1500 * unit), '#ffffff');
  const dark = random.chance(0.4);
  (dark ? slate : paper)(sheet, random, random.pick(PALETTES));
  const color = dark ? '#f3efe2' : '#2a1c12';
  const loud = dark ? '#ffd98a' : '#8c1d18';
  sheet.y = 70 * unit;
  sheet.row(
    random.pick(['Lunch & Dinner', 'Bar Bites', 'Smokehouse Menu']),
    width / 2,
    { face: random.pick(['script', 'slab']), sizePx: 110 * unit, color: loud },
    width * 0.86,
    'center',
  );
  sheet.row(
    'Served Mon-Sat 11am-9pm, Sunday brunch 10-2',
    width / 2,
    { face: 'typewriter', sizePx: 42 * unit, color },
    width * 0.86,
    'center',
  );
  sheet.y += 40 * unit;
  const dishes = random.shuffled([
    'Wings (8)',
    'Loaded Fries',
    'Patty Melt',
    'Fish Tacos',
    'House Chili',
    'Club Sandwich',
    'Catfish Basket',
    'Cobb Salad',
    'Mac & Cheese',
    'Pretzel Bites',
    'Half Rack',
  ]);
  for (const dish of dishes.slice(0, 9)) {
    sheet.y += 92 * unit;
    sheet.write(dish, 90 * unit, sheet.y, { face: 'typewriter', sizePx: 52 * unit, color });
    sheet.write(
      `$${random.int(5, 19)}.${random.pick(['00', '50', '95'])}`,
      width - 90 * unit,
      sheet.y,
      { face: 'typewriter', sizePx: 52 * unit, color },
      'right',
    );
  }
  sheet.y += 60 * unit;
  sheet.row(
    'Happy hour Tues-Fri 4-7 · Kitchen closes 10pm',
    width / 2,
    { face: 'typewriter', sizePx: 44 * unit, color: loud },
    width * 0.86,
    'center',
  );
  sheet.row(
    'Parties of 6 or more: 18% gratuity',
    width / 2,
    { face: 'typewriter', sizePx: 38 * unit, color },
    width * 0.86,
    'center',
  );
  return { canvas: sheet.canvas, facts: [] };
};

/** Messages about work and dinner: days, hours, prices, an address. */
export const smallTalk: Layout = ({ random, width }) => {
  const bubbles = random.pick([
    [
      { text: 'Can you cover my shift Thursday 9-5?', mine: false },
      { text: 'I can do 12-5, got the dentist at 10:30', mine: true },
      { text: 'Deal. I’ll take your Saturday 4pm-11pm then', mine: false },
      { text: 'And you owe me $20 for pizza lol', mine: true },
      { text: 'Ha. Dinner Friday at 7? Mom’s, 418 Sycamore St', mine: false },
      { text: 'Yes, bringing dessert. Leave by 6:30, traffic on I-75', mine: true },
    ],
    [
      { text: 'Practice moved to Tuesdays 6:30-8pm at the rec center', mine: false },
      { text: 'Ugh that’s during piano. Every week?', mine: true },
      { text: 'Thru Dec 12. Snacks are $5 a kid', mine: false },
      { text: 'Ok. Call coach at 555-0117?', mine: true },
      { text: 'Yep, after 5. Game is Sat 9am, field 4', mine: false },
    ],
  ]);
  const sheet = conversation(random, width, bubbles, random.chance(0.5));
  return { canvas: sheet.cropped(sheet.y + 200 * (width / 1080)), facts: [] };
};

/** A sign of opening hours and a quiz: nothing to sing. */
export const quizSign: Layout = ({ random, width }) => {
  const unit = width / 1080;
  const sheet = new Sheet(width, Math.round(1350 * unit), '#222222');
  const palette = random.pick(PALETTES);
  slate(sheet, random, palette);
  const center = width / 2;
  const lines = random.pick([
    [
      'TRIVIA TUESDAYS',
      '7:00 PM - 9:00 PM',
      'Teams of up to 6',
      '$50 first prize',
      'Kitchen open til 10',
      'Free to play',
    ],
    ['STORE HOURS', 'Mon - Fri 9-6', 'Saturday 10-4', 'Sunday closed', 'Pickup at rear door', 'Call 555-0188'],
    ['YARD SALE', 'Sat & Sun 8am-2pm', '1207 Orchard Pl', 'Tools, records, toys', 'Nothing over $20', 'Rain or shine'],
  ]);
  sheet.y = 110 * unit;
  for (const [index, line] of lines.entries()) {
    sheet.row(
      line,
      center,
      {
        face: index === 0 ? 'slab' : 'gothic',
        sizePx: (index === 0 ? 116 : 76) * unit,
        color: index === 0 ? palette.loud : '#f2f2ee',
      },
      width * 0.84,
      'center',
    );
    sheet.y += 56 * unit;
  }
  return { canvas: sheet.canvas, facts: [] };
};
