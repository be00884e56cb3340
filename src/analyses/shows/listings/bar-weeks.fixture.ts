import type { PageCase } from './pages.fixture.ts';

/** Weeks of bars that do other things too, sums of nights, labels, nights off. */
export const BAR_WEEKS: PageCase[] = [
  {
    what: 'labels before what they name',
    lines: [
      '# KARAOKE NIGHT',
      'Where: Pour House Pub',
      'When: Every Thursday 9pm-1am',
      'Hosted By: KJ Tiny',
      'Address: 48 W Main St, Lebanon, OH',
    ],
    shows: ['Pour House Pub | Lebanon | TH | 21:00-01:00 | KJ Tiny'],
  },
  {
    what: 'a grill’s specials of each day',
    centred: true,
    lines: [
      '## CHAMPS SPORTS GRILL',
      'Mon: $1 Tacos & Trivia 7pm',
      'Tue: Kids Eat Free',
      'Wed: Wing Wednesday 60¢',
      'Thu: KARAOKE w/ DJ Mark 8pm-12am',
      'Fri: Prime Rib / Live Music 8pm',
      'Sat: UFC & College Football',
    ],
    shows: ['CHAMPS SPORTS GRILL | - | TH | 20:00-00:00 | DJ Mark'],
  },
  {
    what: 'every night of the week, then each',
    lines: [
      'KARAOKE EVERY NIGHT OF THE WEEK!',
      'MON - ROOKIES - 9PM',
      'TUES - BULLDOG’S - 9PM',
      'WED - THE OUTPOST - 8PM',
      'FRI - OTTO’S - 9:30PM',
    ],
    shows: [
      'ROOKIES | - | MO | 21:00-? | -',
      'BULLDOG’S | - | TU | 21:00-? | -',
      'THE OUTPOST | - | WE | 20:00-? | -',
      'OTTO’S | - | FR | 21:30-? | -',
    ],
  },
  {
    what: 'nights in sum, then one by one',
    lines: ['## SHOOTERS SALOON', 'KARAOKE THURS, FRI & SAT', 'THURS 8-12', 'FRI & SAT 9-1', 'KJ Bama'],
    shows: ['SHOOTERS SALOON | - | TH | 20:00-00:00 | -', 'SHOOTERS SALOON | - | FR,SA | 21:00-01:00 | KJ Bama'],
  },
  {
    what: 'a bar’s own post',
    lines: [
      '>> Rusty’s Tap',
      '>> 2h',
      'It’s Wednesday and you know what that means...KARAOKE!! Join KJ Annie from 8 til midnight!',
    ],
    shows: ['Rusty’s Tap | - | WE | 20:00-00:00 | KJ Annie'],
  },
  {
    what: 'an event that its venue hosts',
    lines: [
      'KARAOKE NIGHT',
      'Fri, Nov 27 at 9:00 PM EST',
      'Rudy’s Pub & Grill',
      '305 N Market St, Wooster, OH',
      'Hosted by Rudy’s Pub & Grill',
    ],
    shows: ['Rudy’s Pub & Grill | Wooster | FR 2026-11-27 | 21:00-? | -'],
  },
  {
    what: 'a host’s week with nights off',
    lines: [
      '# KJ Wes’ Karaoke Schedule',
      'Mon || Trail’s End Saloon || 8-12',
      'Tue || OFF || ',
      'Wed || Lucky Duck || 7-11',
      'Thu || OFF || ',
      'Fri || Elks #884 || 8-12',
      'Sat || Private Event || ',
    ],
    shows: [
      'Trail’s End Saloon | - | MO | 20:00-00:00 | KJ Wes',
      'Lucky Duck | - | WE | 19:00-23:00 | KJ Wes',
      'Elks #884 | - | FR | 20:00-00:00 | KJ Wes',
    ],
  },
  {
    what: 'Spanish, a week',
    lines: [
      '# KARAOKE CON DJ LUCHO',
      'Lunes: Bar La Esquina 9pm-1am',
      'Miércoles: El Rincón 8pm-12am',
      'Viernes: Cantina Los Amigos 10pm-2am',
    ],
    shows: [
      'Bar La Esquina | - | MO | 21:00-01:00 | DJ LUCHO',
      'El Rincón | - | WE | 20:00-00:00 | DJ LUCHO',
      'Cantina Los Amigos | - | FR | 22:00-02:00 | DJ LUCHO',
    ],
  },
];
