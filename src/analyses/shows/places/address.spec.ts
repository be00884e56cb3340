import { describe, expect, it } from '@jest/globals';
import { findAddress } from './address.ts';
import { findContacts } from './contacts.ts';
import { venueScore } from './venue-score.ts';

function inWords(text: string): string | null {
  const found = findAddress(text);
  if (found === null) return null;
  const words = [found.street, found.city, found.state, found.postcode];
  return words.map((span) => (span === null ? '-' : text.slice(span.start, span.end))).join(' | ');
}

describe('addresses', () => {
  it.each([
    ['1420 Harbor View Blvd, Tampa, FL 33602', '1420 Harbor View Blvd | Tampa | FL | 33602'],
    ['910 County Road 39, Largo, FL 33770', '910 County Road 39 | Largo | FL | 33770'],
    ['36000 US-19 N, Palm Harbor, FL', '36000 US-19 N | Palm Harbor | FL | -'],
    ['403 FM 685', '403 FM 685 | - | - | -'],
    ['1 Beach Dr SE #101, St. Petersburg, FL 33701', '1 Beach Dr SE #101 | St. Petersburg | FL | 33701'],
    ['10402 Menchaca Rd, Unit D  Austin, TX 78748', '10402 Menchaca Rd, Unit D | Austin | TX | 78748'],
    ['13010 W Parmer Ln STE 300', '13010 W Parmer Ln STE 300 | - | - | -'],
    ['1116 S Broadway Avenue, Enterprise, AL 36330', '1116 S Broadway Avenue | Enterprise | AL | 36330'],
    ['588 W Maple Ave, Clearwater', '588 W Maple Ave | Clearwater | - | -'],
    ['3003 S Lamar, Austin, TX', '3003 S Lamar | Austin | TX | -'],
    ['1420 HarborView Blvd,Tampa,FL33602', '1420 HarborView Blvd | Tampa | FL | 33602'],
    ['Railroad Ave 5, Tulsa, 0K 74012', '- | Tulsa | 0K | 74012'],
    ['The Fox Den - 8801 N Nebraska Ave, Tampa', '8801 N Nebraska Ave | Tampa | - | -'],
    ['Tampa, FL 33602', '- | Tampa | FL | 33602'],
    ['Tampa, Florida', '- | Tampa | Florida | -'],
    ['FL 33602', '- | - | FL | 33602'],
    ['33701', '- | - | - | 33701'],
    ['600 Queen St W, Toronto, ON M6J 1E4', '600 Queen St W | Toronto | ON | M6J 1E4'],
  ])('%s', (text, expected) => {
    expect(inWords(text)).toBe(expected);
  });
  it.each([
    'VFW Post 4321',
    'Moose Lodge 2117',
    '8 PM-12 AM with Amber Lane',
    '$5 Wells Drive',
    '1st Place $500 Cash',
    '2 for 1 Drinks at the Park',
    '4th Street Tavern',
    'Route 66 Roadhouse',
    'Come sing OR Dance',
    '6-10 PM Park',
    '21 and up',
    'Golden Pot Lounge, Wyoming',
  ])('no address in "%s"', (text) => {
    expect(inWords(text)).toBeNull();
  });
});

it('finds phones, sites and handles', () => {
  const text = 'Call (727) 555-0148 or 616.555.0150 · www.foxden.com · #karaoke';
  expect(findContacts(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
    ['website', 'www.foxden.com'],
    ['phone', '(727) 555-0148'],
    ['phone', '616.555.0150'],
    ['handle', '#karaoke'],
  ]);
});

describe('names of places', () => {
  it.each(['Rusty Anchor Tavern', "O'Malley's Sports Pub", 'VFW Post 4321', 'Starlite Bowling Lanes', 'The Fox Den'])(
    '"%s" is one',
    (name) => {
      expect(venueScore(name)).toBeGreaterThanOrEqual(3);
    },
  );
  it.each([
    'Karaoke Contest Night',
    'No Cover',
    'Weekly Karaoke Schedule',
    '1st Place $500 Cash',
    'Come out and sing',
    'Prizes & Giveaways',
    '21+ after 9',
    'Est. 1987',
    'Open to the public',
  ])('"%s" is none', (name) => {
    expect(venueScore(name)).toBeLessThan(0);
  });
});
