/** Words around the listings: nothing in them is a show, much in them looks like a part of one. */

export const PEOPLE = [
  'Denise Holloway',
  'Travis McCabe',
  'Luz Ortega',
  'Kim Sandoval',
  'Bobby Ray Hutchins',
  'Shanice Porter',
  'Greg Wozniak',
  'Amber Lindgren',
  'Tyrell Banks',
  'Connie Beaumont',
  'Hector Ruiz',
  'Jolene Pickett',
  'Stan Kowalczyk',
  'Priya Nair',
  'Dwight Easley',
  'Marisol Vega',
  'Carl Nyberg',
] as const;

export const COMMENTS = [
  'What time does signup start?',
  'Is this 21+? Bringing my cousin',
  'See yall there!!',
  'I had 3 songs in by 10 last week lol',
  'Do they still have the $5 wings?',
  'Been going since 2009, best sound in town',
  'Wish I was off work at 6',
  'My birthday is the 22nd, save me a table for 12',
  'Kitchen closes at 9 fyi',
  'Last time there were 40 singers on the list',
  'They have over 60,000 songs now',
  'Parking is bad after 8, go early',
  'Can’t wait!',
  'The book has Shallow 4 times haha',
] as const;

export const OTHER_POSTS = [
  'Does anyone have a spare XLR cable and a 12 channel mixer they would sell? Can pay $80 and pick up after 5.',
  'Reminder: be kind to new singers. Two songs per rotation until 11, then one. Thanks for 4,000 members!',
  'Lost a black jacket last weekend, size 12. If you picked it up by mistake please message me. $20 reward.',
  'What is everyone’s go-to duet? Mine is Islands in the Stream, 1983, never fails.',
  'Selling 2 powered speakers, 15 inch, used for 3 years. $350 for the pair, no trades.',
] as const;

/** Small print of flyers and posts: other hours, prices, ages. */
export const DECOYS = [
  'Happy hour 4-7',
  'Doors 7pm',
  'Kitchen open til 10',
  'Sign-up starts 8:30',
  '$5 wings all night',
  '$3 wells til 10pm',
  'No cover!',
  '21+ after 9',
  'Free pool til 9pm',
  '$2 tacos 5-8',
  '18+ welcome',
  'Over 60,000 songs',
  '$10 buckets',
  'Est. 1987',
  'Celebrating 25 years',
  'Half price apps 3pm-6pm',
  '$4 whiskey shots',
  'No cover before 10',
  'Must be 21 w/ ID',
  '$100 singer of the month prize',
  'Free parking in rear',
  'Happy hour Mon-Fri 4-7',
  '$2 Taco Tuesday',
  'Trivia Wed at 7',
  'Bingo Mondays 6:30pm',
  'Sunday football 1pm',
  'Live bands 1st Saturdays',
  'Brunch Sun 10-2',
  'Ladies night Thurs, $4 martinis',
] as const;

export const OPENERS = [
  'Hey singers!',
  'Come out and sing with us!',
  'Y’all ready to sing?',
  'Grab the mic!',
  'New karaoke night alert',
  'Your favorite karaoke party is back!',
  'Warm up those pipes',
  'Best karaoke in town!',
  'Karaoke people, mark your calendars',
  'Who’s singing with me?',
] as const;

export const TITLES = [
  'KARAOKE NIGHT',
  'KARAOKE',
  'KARAOKE PARTY',
  'SING YOUR HEART OUT',
  'KARAOKE MADNESS',
  'LIVE KARAOKE',
  'ROCKSTAR KARAOKE',
  'GRAB THE MIC',
  'KARAOKE & COCKTAILS',
] as const;
