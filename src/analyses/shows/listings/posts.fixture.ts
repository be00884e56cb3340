import type { PageCase } from './pages.fixture.ts';

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
