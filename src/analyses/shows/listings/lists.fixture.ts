import type { PageCase } from './pages.fixture.ts';

export const LISTS: PageCase[] = [
  {
    what: 'one line each',
    lines: [
      '# Karaoke This Week',
      'Mon - Rusty Nail Tavern 9-1',
      'Tues - The Blue Note Lounge 8p-12a',
      'Wed - Pete’s Place 7:30-11:30',
      'Fri - VFW Post 2485 7-11pm',
    ],
    shows: [
      'Rusty Nail Tavern | - | MO | 21:00-01:00 | -',
      'The Blue Note Lounge | - | TU | 20:00-00:00 | -',
      'Pete’s Place | - | WE | 19:30-23:30 | -',
      'VFW Post 2485 | - | FR | 19:00-23:00 | -',
    ],
  },
  {
    what: 'day, at, venue, with host',
    lines: [
      'Where to sing this week with KJ Steve',
      'Tues 9p-1a @ The Fox Den',
      'Thurs 8-12 @ Mickey’s Pub',
      'Sat 9-close @ Dive Bar on 5th',
    ],
    shows: [
      'The Fox Den | - | TU | 21:00-01:00 | KJ Steve',
      'Mickey’s Pub | - | TH | 20:00-00:00 | KJ Steve',
      'Dive Bar on 5th | - | SA | 21:00-close | KJ Steve',
    ],
  },
  {
    what: 'a day over several venues',
    lines: [
      '## KARAOKE GUIDE',
      '# MONDAY',
      'Sidewinders Saloon, 9pm',
      'Paradise Lounge, 8pm',
      '',
      '# TUESDAY',
      'Sidewinders Saloon, 9pm',
      'Eagles Club, 7pm',
    ],
    shows: [
      'Sidewinders Saloon | - | MO | 21:00-? | -',
      'Paradise Lounge | - | MO | 20:00-? | -',
      'Sidewinders Saloon | - | TU | 21:00-? | -',
      'Eagles Club | - | TU | 19:00-? | -',
    ],
  },
  {
    what: 'venue first, with address and when',
    lines: [
      '# Austin Karaoke',
      'Baker St. Pub & Grill',
      '3003 S Lamar Blvd',
      'Every Wednesday 9pm - 1am',
      '',
      'The Water Tank Bar & Grill',
      '7309 McNeil Dr',
      'Thursdays 8pm - midnight',
      '',
      'Firewater Sports Bar',
      '13010 W Parmer Ln STE 300',
      'Fri & Sat 9pm-1:30am',
    ],
    shows: [
      'Baker St. Pub & Grill | - | WE | 21:00-01:00 | -',
      'The Water Tank Bar & Grill | - | TH | 20:00-00:00 | -',
      'Firewater Sports Bar | - | FR,SA | 21:00-01:30 | -',
    ],
  },
  {
    what: 'a table with headings',
    columns: [40, 200, 560, 820],
    lines: [
      '# Karaoke Schedule',
      'Day || Where || Time || KJ',
      'Mon || Tap Haus || 8-11pm || Dana',
      'Tue || Bull & Bear Pub || 9p-1a || Rick',
      'Thu || Gators || 7-10 || Sue & Al',
    ],
    shows: [
      'Tap Haus | - | MO | 20:00-23:00 | Dana',
      'Bull & Bear Pub | - | TU | 21:00-01:00 | Rick',
      'Gators | - | TH | 19:00-22:00 | Sue & Al',
    ],
  },
  {
    what: 'a table without headings',
    columns: [40, 300, 760],
    lines: [
      '# KARAOKE LINEUP',
      'Tuesday || Sharky’s Bar || 9 PM - 1 AM',
      'Wednesday || Legends Pub || 8 PM - 12 AM',
      'Friday || The Oasis Lounge || 10 PM - 2 AM',
    ],
    shows: [
      'Sharky’s Bar | - | TU | 21:00-01:00 | -',
      'Legends Pub | - | WE | 20:00-00:00 | -',
      'The Oasis Lounge | - | FR | 22:00-02:00 | -',
    ],
  },
  {
    what: 'venue column first',
    columns: [40, 480, 760],
    lines: [
      '# Karaoke around town',
      'Venue || Day || Time',
      'Rocky’s Bar || Monday || 9-1',
      'Cheers Pub || Wednesday || 8-12',
      'Sand Bar || Sunday || 4-8',
    ],
    shows: [
      'Rocky’s Bar | - | MO | 21:00-01:00 | -',
      'Cheers Pub | - | WE | 20:00-00:00 | -',
      'Sand Bar | - | SU | 16:00-20:00 | -',
    ],
  },
  {
    what: 'cards in two columns',
    columns: [40, 560],
    lines: [
      '# Karaoke Nights',
      'MONDAY || TUESDAY',
      'Slick Willy’s || The Pit Stop',
      '8pm-12am || 9pm-1am',
      'w/ DJ Moe || w/ KJ Flo',
      '',
      'FRIDAY || SATURDAY',
      'Duke’s Tavern || Bar None',
      '9pm-2am || 10pm-close',
      'w/ DJ Moe || w/ KJ Flo',
    ],
    shows: [
      'Slick Willy’s | - | MO | 20:00-00:00 | DJ Moe',
      'The Pit Stop | - | TU | 21:00-01:00 | KJ Flo',
      'Duke’s Tavern | - | FR | 21:00-02:00 | DJ Moe',
      'Bar None | - | SA | 22:00-close | KJ Flo',
    ],
  },
  {
    what: 'a host’s own schedule',
    lines: [
      '## DJ MARCUS',
      '# Karaoke Schedule',
      'Monday: Tin Roof Bar, 123 Main St, 8pm-12am',
      'Wednesday: O’Brien’s Pub, 77 Oak Ave, 9pm-1am',
      'Saturday: American Legion Post 34, 900 Grand Blvd, 7pm-11pm',
    ],
    shows: [
      'Tin Roof Bar | - | MO | 20:00-00:00 | DJ MARCUS',
      'O’Brien’s Pub | - | WE | 21:00-01:00 | DJ MARCUS',
      'American Legion Post 34 | - | SA | 19:00-23:00 | DJ MARCUS',
    ],
  },
  {
    what: 'a night called off in a list',
    lines: ['# Karaoke this week', 'Mon - Tap Room 9pm', 'Tue - Jake’s Bar - CANCELLED', 'Wed - Moe’s Tavern 8pm'],
    shows: [
      'Tap Room | - | MO | 21:00-? | -',
      'Jake’s Bar | - | TU | ?-? | - | cancelled',
      'Moe’s Tavern | - | WE | 20:00-? | -',
    ],
  },
  {
    what: 'one venue with two nights of other hours',
    lines: ['Whiskey Jack’s', '210 Ocean Blvd, Daytona Beach, FL 32118', 'Karaoke Mon-Thu 8-12, Fri & Sat 9-1'],
    shows: [
      'Whiskey Jack’s | Daytona Beach | MO,TU,WE,TH | 20:00-00:00 | -',
      'Whiskey Jack’s | Daytona Beach | FR,SA | 21:00-01:00 | -',
    ],
  },
  {
    what: 'cities behind venues',
    lines: [
      '# Karaoke Crew - where we are',
      'Tuesday - Shooters, Cedar Park - 8 to 12',
      'Thursday - The Mill, Austin - 9 to 1',
      'Friday - Lone Star Bar, Hutto - 8 to close',
    ],
    shows: [
      'Shooters | Cedar Park | TU | 20:00-00:00 | -',
      'The Mill | Austin | TH | 21:00-01:00 | -',
      'Lone Star Bar | Hutto | FR | 20:00-close | -',
    ],
  },
];
