import type { PageCase } from './pages.fixture.ts';

export const MORE: PageCase[] = [
  {
    what: 'a shouted post',
    lines: ['>> The Dugout Sports Bar', '>> 6h', '', 'KARAOKE TONIGHT', '8pm-12am @ The Dugout Sports Bar', '$2 PBR'],
    shows: ['The Dugout Sports Bar | - | - | 20:00-00:00 | -'],
  },
  {
    what: 'an invitation in prose',
    lines: [
      '>> Tammy Lee · 3h',
      'Come on out to Dooley’s Pub tonight for karaoke with your host Tammy! 9-1. $3 Fireball shots',
    ],
    shows: ['Dooley’s Pub | - | - | 21:00-01:00 | Tammy'],
  },
  {
    what: 'a list with dates',
    lines: [
      '# Karaoke this week',
      'Mon 11/23 - The Tap Room - 8pm',
      'Wed 11/25 - Fibber’s Pub - 9pm',
      'Fri 11/27 - Roadhouse Bar - 9pm',
    ],
    shows: [
      'The Tap Room | - | MO 2026-11-23 | 20:00-? | -',
      'Fibber’s Pub | - | WE 2026-11-25 | 21:00-? | -',
      'Roadhouse Bar | - | FR 2026-11-27 | 21:00-? | -',
    ],
  },
  {
    what: 'Sunday Funday',
    centred: true,
    lines: ['# SUNDAY FUNDAY', '## KARAOKE', '# 3PM-7PM', '# THE BOATHOUSE'],
    shows: ['THE BOATHOUSE | - | SU | 15:00-19:00 | -'],
  },
  {
    what: 'a part of town',
    centred: true,
    lines: ['## Thursday Night Karaoke', '# Starting at 9:00 pm', '# The Local', '123 Main Street', 'Downtown'],
    shows: ['The Local | - | TH | 21:00-? | -'],
  },
  {
    what: 'karaoke beside ladies’ night',
    centred: true,
    lines: ['## Club Rio', 'LADIES NIGHT THURSDAY w/ DJ Tony', 'KARAOKE FRIDAY 9PM w/ KJ Lou'],
    shows: ['Club Rio | - | FR | 21:00-? | KJ Lou'],
  },
  {
    what: 'an Instagram caption',
    lines: [
      'thefoxden',
      '',
      'The Fox Den',
      'Karaoke every Wednesday 9-1 with KJ Steve',
      '#karaoke #foxden',
      'View all 12 comments',
      '2 days ago',
    ],
    shows: ['The Fox Den | - | WE | 21:00-01:00 | KJ Steve'],
  },
  {
    what: 'dates of one venue, karaoke among others',
    lines: ['## Rail Yard Tavern', 'NOV 27 FRI Karaoke w/ DJ Al 9pm', 'NOV 28 SAT The Ramblers live band 9pm'],
    shows: ['Rail Yard Tavern | - | FR 2026-11-27 | 21:00-? | DJ Al'],
  },
  {
    what: 'time first',
    lines: ['9pm every Friday: Karaoke at Bubba’s Bar'],
    shows: ['Bubba’s Bar | - | FR | 21:00-? | -'],
  },
  {
    what: 'one host, venues repeated',
    lines: ['## KARAOKE WITH TAMMY', 'Tues - Dusty’s Bar 8-12', 'Wed - Dusty’s Bar 8-12', 'Thurs - Crow’s Nest 9-1'],
    shows: [
      'Dusty’s Bar | - | TU | 20:00-00:00 | TAMMY',
      'Dusty’s Bar | - | WE | 20:00-00:00 | TAMMY',
      'Crow’s Nest | - | TH | 21:00-01:00 | TAMMY',
    ],
  },
  {
    what: 'no capitals',
    lines: ['>> Nate · 2h', 'karaoke every friday at the rail 9pm to 1am with dj nate'],
    shows: ['the rail | - | FR | 21:00-01:00 | dj nate'],
  },
  {
    what: 'Thursday’s',
    centred: true,
    lines: ['### KARAOKE', '# Thursday’s @ 8pm', '# Lakeside Inn', '(555) 010-0199'],
    shows: ['Lakeside Inn | - | TH | 20:00-? | -'],
  },
  {
    what: 'a list with addresses on the line',
    lines: [
      '# WHERE TO SING',
      'MON 8pm Rudy’s Bar, 14 Oak St, Salem',
      'TUE 9pm Oak Room, 220 State St, Salem',
      'THU 8pm Lefty’s Pub, 9 Pier Rd, Newport',
    ],
    shows: [
      'Rudy’s Bar | Salem | MO | 20:00-? | -',
      'Oak Room | Salem | TU | 21:00-? | -',
      'Lefty’s Pub | Newport | TH | 20:00-? | -',
    ],
  },
  {
    what: 'times in a column of their own',
    columns: [40, 700],
    lines: ['## TIPSY COW PUB', '# KARAOKE', 'Thursday || 9PM - 1AM', 'Friday || 9PM - 2AM', 'Sunday || 7PM - 11PM'],
    shows: [
      'TIPSY COW PUB | - | TH | 21:00-01:00 | -',
      'TIPSY COW PUB | - | FR | 21:00-02:00 | -',
      'TIPSY COW PUB | - | SU | 19:00-23:00 | -',
    ],
  },
  {
    what: 'two nights, one line each, same hours below',
    centred: true,
    lines: ['## Hideaway Lounge', '# Karaoke', 'Wednesdays with DJ Kim', 'Saturdays with KJ Rob', '9pm-1am'],
    shows: ['Hideaway Lounge | - | WE | 21:00-01:00 | DJ Kim', 'Hideaway Lounge | - | SA | 21:00-01:00 | KJ Rob'],
  },
  {
    what: 'a poster with presents',
    centred: true,
    lines: ['Big Tony Entertainment presents', '### KARAOKE', '# at Stumpy’s', '# Fridays 9-1'],
    shows: ['Stumpy’s | - | FR | 21:00-01:00 | + Big Tony Entertainment'],
  },
  {
    what: 'live band karaoke',
    centred: true,
    lines: ['## LIVE BAND KARAOKE', '# 2nd Thursdays 8-11pm', '# The Highball', '1120 S Lamar Blvd'],
    shows: ['The Highball | - | TH FREQ=MONTHLY;BYDAY=2TH | 20:00-23:00 | -'],
  },
  {
    what: 'every other week',
    centred: true,
    lines: ['## KARAOKE', '# Every other Saturday', '8pm - midnight', 'AmVets Post 90'],
    shows: ['AmVets Post 90 | - | SA | 20:00-00:00 | -'],
  },
  {
    what: 'venue in a sentence with its city',
    lines: ['Karaoke with Karaoke Kat this Saturday 8-12 at Finn McCool’s in Largo!'],
    shows: ['Finn McCool’s | Largo | SA 2026-11-21 | 20:00-00:00 | Karaoke Kat'],
  },
  {
    what: 'a private club’s notice',
    lines: [
      '# VFW POST 9927',
      'Friday Fish Fry 5-8pm',
      'Karaoke Saturday 7-11pm with DJ Don',
      'Bingo Sunday 1pm',
      'Members and guests welcome',
    ],
    shows: ['VFW POST 9927 | - | SA | 19:00-23:00 | DJ Don'],
  },
];
