import type { PageCase } from './pages.fixture.ts';

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
