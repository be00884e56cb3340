/** A page and the shows it lists, each as `venue | city | days | start-end | host`; `-` where the page says nothing. */
export interface PageCase {
  what: string;
  lines: string[];
  centred?: boolean;
  columns?: number[];
  shows: string[];
}

export const POSTERS: PageCase[] = [
  {
    what: 'a poster with everything',
    centred: true,
    lines: [
      '### KARAOKE',
      '## EVERY FRIDAY',
      '# 9PM - 1AM',
      '',
      '# The Rusty Spur Saloon',
      '412 Elm St, Boise, ID 83702',
      'Hosted by DJ Big Mike',
      '$3 Wells · $2 Drafts · No Cover',
    ],
    shows: ['The Rusty Spur Saloon | Boise | FR | 21:00-01:00 | DJ Big Mike'],
  },
  {
    what: 'a poster whose decoys are many',
    centred: true,
    lines: [
      '## MURPHY’S IRISH PUB',
      'presents',
      '### KARAOKE NIGHT',
      '# WEDNESDAYS',
      '# 8:30 PM TO CLOSE',
      'Happy Hour 4-7 PM',
      'Kitchen open til 11pm',
      '$5 Burgers until 9 PM',
      'Sign-ups start at 8 PM',
      '21+ · (208) 555-0133',
    ],
    shows: ['MURPHY’S IRISH PUB | - | WE | 20:30-close | -'],
  },
  {
    what: 'two nights with one time',
    centred: true,
    lines: [
      '## KARAOKE',
      '# THURSDAY & SATURDAY',
      '# 9PM TIL CLOSE',
      '',
      '# Elks Lodge 672',
      '1212 Fillmore St',
      'with KJ Rhonda',
    ],
    shows: ['Elks Lodge 672 | - | TH,SA | 21:00-close | KJ Rhonda'],
  },
  {
    what: 'stacked days',
    centred: true,
    lines: ['## KARAOKE', '# THURSDAY', '# FRIDAY', '# SATURDAY', '# 9-1', '', '## Buckhorn Tavern'],
    shows: ['Buckhorn Tavern | - | TH,FR,SA | 21:00-01:00 | -'],
  },
  {
    what: 'a contest with prizes and rounds',
    centred: true,
    lines: [
      '## KARAOKE CONTEST',
      '1st Place $500 · 2nd Place $250 · 3rd Place $100',
      '# EVERY TUESDAY 8PM',
      '# Broken Spoke Bar & Grill',
      '3201 S Congress Ave',
      'Sign up by 7:30',
      'Must be 21+',
    ],
    shows: ['Broken Spoke Bar & Grill | - | TU | 20:00-? | -'],
  },
  {
    what: 'one dated night',
    centred: true,
    lines: [
      '## HALLOWEEN KARAOKE PARTY',
      '# SATURDAY OCT 31',
      '# 8PM - 1AM',
      '# Moose Lodge 1412',
      'Costume contest at 10pm',
      'Hosted by Karaoke Kim',
    ],
    shows: ['Moose Lodge 1412 | - | SA 2026-10-31 | 20:00-01:00 | Karaoke Kim'],
  },
  {
    what: 'once a month',
    centred: true,
    lines: ['## Sing-A-Long Sundays', '# 1st & 3rd Sundays', '# 4pm-8pm', '# Tiki Hut Bar', 'w/ Captain Ray'],
    shows: ['Tiki Hut Bar | - | SU FREQ=MONTHLY;BYDAY=1SU,3SU | 16:00-20:00 | Captain Ray'],
  },
  {
    what: 'a poster without a venue in words',
    centred: true,
    lines: ['### KARAOKE', '## EVERY MONDAY', '# 7PM - 11PM', 'Free to sing · Great prizes'],
    shows: ['- | - | MO | 19:00-23:00 | -'],
  },
  {
    what: 'nightly',
    centred: true,
    lines: ['### KARAOKE', '# 7 NIGHTS A WEEK', '# 9P-2A', '## Lucky Strike Lanes', '88 Bowl Rd, Reno, NV'],
    shows: ['Lucky Strike Lanes | Reno | MO,TU,WE,TH,FR,SA,SU | 21:00-02:00 | -'],
  },
  {
    what: 'Spanish',
    centred: true,
    lines: [
      '### NOCHE DE KARAOKE',
      '## Todos los Jueves',
      '# de 8 a 12',
      '# Cantina La Marea',
      '116 E Parsons St',
      'con DJ Pancho',
    ],
    shows: ['Cantina La Marea | - | TH | 20:00-00:00 | DJ Pancho'],
  },
  {
    what: 'a venue and its kind on two lines',
    centred: true,
    lines: ['## THE CRAZY HORSE', '## SALOON', '### KARAOKE', '# FRI & SAT 9PM-1:30AM', 'DJ RICK'],
    shows: ['THE CRAZY HORSE SALOON | - | FR,SA | 21:00-01:30 | DJ RICK'],
  },
  {
    what: 'a bar’s week with one karaoke night',
    lines: [
      '## The Anchor Pub',
      'MONDAY - Trivia 7pm',
      'TUESDAY - Bingo 6:30pm',
      'WEDNESDAY - Karaoke 9pm-1am',
      'THURSDAY - Open Mic 8pm',
      'FRIDAY - Live Music 9pm',
      'SATURDAY - DJ Dance Party 10pm',
    ],
    shows: ['The Anchor Pub | - | WE | 21:00-01:00 | -'],
  },
  {
    what: 'a bar’s week with days above their events',
    centred: true,
    lines: [
      '## Smitty’s Tavern',
      '# MONDAY',
      'Trivia 7PM',
      '',
      '# TUESDAY',
      'Karaoke 8PM-12AM',
      '',
      '# FRIDAY',
      'Live Music 9PM',
      '',
      '# SATURDAY',
      'Karaoke 9PM-1AM',
    ],
    shows: ['Smitty’s Tavern | - | TU | 20:00-00:00 | -', 'Smitty’s Tavern | - | SA | 21:00-01:00 | -'],
  },
  {
    what: 'several nights of one venue, each with its host',
    centred: true,
    lines: [
      '## Hank’s Roadhouse',
      'KARAOKE NIGHTS',
      'Wednesday 8-12 with KJ Dana',
      'Friday 9-1 with DJ Rocky',
      'Sunday 5-9 with Uncle Bob',
      '9211 Hwy 12, Olympia, WA 98501',
    ],
    shows: [
      'Hank’s Roadhouse | Olympia | WE | 20:00-00:00 | KJ Dana',
      'Hank’s Roadhouse | Olympia | FR | 21:00-01:00 | DJ Rocky',
      'Hank’s Roadhouse | Olympia | SU | 17:00-21:00 | Uncle Bob',
    ],
  },
  {
    what: 'a cancelled night',
    centred: true,
    lines: ['## NO KARAOKE', '# THIS THURSDAY', 'Shamrock Pub will be closed for a private event'],
    shows: ['Shamrock Pub | - | TH 2026-11-26 | ?-? | - | cancelled'],
  },
  {
    what: 'company and person',
    centred: true,
    lines: [
      '### KARAOKE',
      '# Every Saturday 9pm-1am',
      '# Corner Pocket Billiards',
      'Hosted by Average Joe of Starling Karaoke',
    ],
    shows: ['Corner Pocket Billiards | - | SA | 21:00-01:00 | Average Joe + Starling Karaoke'],
  },
  {
    what: 'a chalkboard',
    centred: true,
    lines: ['## Tonight!', '# KARAOKE', 'w/ Jolene', '9 til ?', 'Drink specials all night', 'Bucky’s Bar'],
    shows: ['Bucky’s Bar | - | - | 21:00-close | Jolene'],
  },
];

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

export const POSTS: PageCase[] = [
  {
    what: 'a group post',
    lines: [
      '>> Tampa Karaoke Lovers',
      '>> Jane Smith · 5h',
      '',
      'Karaoke tonight at Skipper’s Smokehouse!',
      '9pm-1am with KJ Paul. No cover, come sing with us!',
      '',
      '14 comments',
      'Like || Comment || Share',
    ],
    shows: ['Skipper’s Smokehouse | - | - | 21:00-01:00 | KJ Paul'],
  },
  {
    what: 'a page of a bar posts',
    lines: [
      '>> Rusty Anchor Tavern',
      '>> Yesterday at 2:14 PM',
      '',
      'Karaoke every Thursday 8pm-midnight!',
      'Hosted by Party Pipes Karaoke',
      '$4 margaritas all night',
    ],
    shows: ['Rusty Anchor Tavern | - | TH | 20:00-00:00 | + Party Pipes Karaoke'],
  },
  {
    what: 'two posts',
    lines: [
      '>> Karaoke in Phoenix',
      '>> Al Green · 2h',
      'Fridays at The Copper Door 9p-1a',
      'with DJ Rose',
      '',
      '12 comments',
      'Like || Comment || Share',
      '',
      '>> Karaoke in Phoenix',
      '>> Bo Diaz · Nov 14 at 6:12 PM',
      'Sunday Funday karaoke at Cactus Moon 4-8pm',
      'KJ Bo',
      '',
      'Like || Comment || Share',
    ],
    shows: ['The Copper Door | - | FR | 21:00-01:00 | DJ Rose', 'Cactus Moon | - | SU | 16:00-20:00 | KJ Bo'],
  },
  {
    what: 'an event page',
    lines: [
      '# Karaoke Night with DJ Scotty',
      'Friday, November 27 at 9 PM – 1 AM',
      'The Lucky Duck Pub',
      '500 W 4th St, Duluth, MN',
      '23 going · 81 interested',
      'Interested || Going || Invite',
    ],
    shows: ['The Lucky Duck Pub | Duluth | FR 2026-11-27 | 21:00-01:00 | DJ Scotty'],
  },
  {
    what: 'a post with an address in prose',
    lines: [
      '>> Max Power · 1d',
      'Join us every Wed night for karaoke from 8 to midnight at',
      'Bogey’s Sports Bar, 2121 Golf Dr, Mesa, AZ 85201.',
    ],
    shows: ['Bogey’s Sports Bar | Mesa | WE | 20:00-00:00 | -'],
  },
  {
    what: 'a story with stickers',
    centred: true,
    lines: ['barbourbon', '', '## KARAOKE', '# THURS 10PM', '', 'Barbourbon Lounge', '', 'dj: TIA', 'Send message'],
    shows: ['Barbourbon Lounge | - | TH | 22:00-? | TIA'],
  },
  {
    what: 'a new time',
    lines: ['## NEW TIME!', 'Karaoke at Foggy’s Pub is now 7-11 PM', 'every Tuesday starting Dec 1', 'Your host: Lori'],
    shows: ['Foggy’s Pub | - | TU | 19:00-23:00 | Lori'],
  },
];

export const NOTHING: PageCase[] = [
  {
    what: 'chatter',
    lines: [
      '>> Jane Smith · 5h',
      'Had a great time last night at karaoke!',
      'My friends sang for 3 hours until 2 AM',
      '14 comments',
    ],
    shows: [],
  },
  {
    what: 'a question',
    lines: [
      '>> Bob Jones · 1h',
      'Anyone know where to find karaoke?',
      'Looking for something fun',
      'Like || Comment || Share',
    ],
    shows: [],
  },
  {
    what: 'a shop',
    lines: [
      '# Wireless Headphones',
      '$59.99',
      '4.5 (1,203)',
      'Add to cart',
      'Delivery by Friday, Nov 27',
      'Open until 9 PM',
    ],
    shows: [],
  },
  {
    what: 'a calendar app',
    lines: [
      '9:41',
      'November 2026',
      'Mon || Tue || Wed || Thu || Fri',
      '23 || 24 || 25 || 26 || 27',
      'Dentist 9:00 AM',
      'Lunch with Sam 12:30 PM',
    ],
    shows: [],
  },
  {
    what: 'opening hours',
    lines: [
      '# Joe’s Hardware',
      '12 Main St, Dover, DE 19901',
      'Mon - Fri 8am - 6pm',
      'Sat 9am - 5pm',
      'Sun Closed',
      '(302) 555-0142',
    ],
    shows: [],
  },
  {
    what: 'a bus timetable',
    lines: ['# Route 12', 'Mon-Fri', '6:15 || 7:15 || 8:15', 'Harbor St || Main St || Depot', '6:30 || 7:30 || 8:30'],
    shows: [],
  },
  {
    what: 'live music without karaoke',
    lines: ['## The Blue Door', '# LIVE MUSIC', 'Friday 8pm The Ramblers', 'Saturday 9pm Jazz Trio'],
    shows: [],
  },
  {
    what: 'a chat about other things',
    lines: ['Sam', 'Are we still on for Saturday at 7?', 'Yes! See you at the gym', 'Great'],
    shows: [],
  },
];

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

export const MORE_NOTHING: PageCase[] = [
  {
    what: 'a music app',
    lines: [
      '# Karaoke Hits',
      'Playlist · 120 songs',
      'Sweet Caroline 3:21',
      'Dancing Queen 3:50',
      'Friday I’m in Love 3:36',
    ],
    shows: [],
  },
  {
    what: 'a business card',
    lines: ['# DJ Rick Entertainment', 'Karaoke · Weddings · Parties', '(555) 010-0123', 'www.djrick.com'],
    shows: [],
  },
  {
    what: 'a review',
    lines: [
      '# The Fox Den',
      '4.5 (120)',
      'Great karaoke bar! We went last Friday and stayed until 2am.',
      'Jenny · 2 weeks ago',
    ],
    shows: [],
  },
  {
    what: 'equipment for sale',
    lines: ['>> Marisol Vega · 2d', 'Selling my karaoke machine, 2 mics, $150. Pick up after 5 pm Saturday.'],
    shows: [],
  },
  {
    what: 'thanks',
    lines: ['>> KJ Steve · 12h', 'Thank you to everyone who came out last night! What a crowd.', 'See you next week!'],
    shows: [],
  },
];
