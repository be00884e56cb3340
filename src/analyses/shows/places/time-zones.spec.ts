import { describe, expect, it } from '@jest/globals';
import { isTimeZone } from '../../../contract/time-zone.ts';
import { REGION_CODES } from './regions.ts';
import { zoneOfPlace } from './time-zones.ts';
import { ZONES_ABROAD, ZONES_OF_CODES } from './zone-table.ts';

function zoneOf(words: string): string | null {
  const [city, state, country] = words.split(', ').map((part) => (part === '-' ? null : part));
  return zoneOfPlace({ city: city ?? null, state: state ?? null, country: country ?? null });
}

describe('zoneOfPlace', () => {
  it.each([
    ['Austin, TX', 'America/Chicago'],
    ['El Paso, Texas', 'America/Denver'],
    ['-, TX', 'America/Chicago'],
    ['Tampa, Fla.', 'America/New_York'],
    ['PENSACOLA, FL', 'America/Chicago'],
    ['Ft. Walton Beach, FL', 'America/Chicago'],
    ['Grand Haven, MI', 'America/Detroit'],
    ['Iron Mountain, MI', 'America/Menominee'],
    ['Knoxville, TN', 'America/New_York'],
    ['Nashville, TN', 'America/Chicago'],
    ['Evansville, IN', 'America/Chicago'],
    ['Fort Wayne, IN', 'America/Indiana/Indianapolis'],
    ['Coeur d’Alene, ID', 'America/Los_Angeles'],
    ['Boise, ID', 'America/Boise'],
    ['Rapid City, SD', 'America/Denver'],
    ['Phoenix, AZ', 'America/Phoenix'],
    ['Washington, D.C.', 'America/New_York'],
    ['Toronto, ON', 'America/Toronto'],
    ['Kenora, Ontario, Canada', 'America/Winnipeg'],
    ['St. John’s, Newfoundland', 'America/St_Johns'],
    ['Regina, SK', 'America/Regina'],
    ['Tijuana, Baja California', 'America/Tijuana'],
    ['Ensenada, B.C., México', 'America/Tijuana'],
    ['Vancouver, B.C.', 'America/Vancouver'],
    ['Cancún, Quintana Roo', 'America/Cancun'],
    ['Cd. Juárez, Chihuahua', 'America/Ciudad_Juarez'],
    ['Monterrey, NL, MX', 'America/Monterrey'],
    ['Morelia, Mich, Mexico', 'America/Mexico_City'],
    ['Leeds, England', 'Europe/London'],
    ['Leeds, -, UK', 'Europe/London'],
    ['Cork, -, Ireland', 'Europe/Dublin'],
    ['Perth, WA, Australia', 'Australia/Perth'],
    ['Seattle, WA', 'America/Los_Angeles'],
    ['Brisbane, QLD', 'Australia/Brisbane'],
  ])('%s', (words, zone) => {
    expect(zoneOf(words)).toBe(zone);
  });

  it.each(['Springfield, -', '-, -', 'Paris, -, France', 'Perth, WA, France', 'Austin, TX, Canada', 'Rome, Lazio'])(
    'knows none for "%s"',
    (words) => {
      expect(zoneOf(words)).toBeNull();
    },
  );

  it('knows every state and province, and only zones that there are', () => {
    expect([...REGION_CODES].filter((code) => !ZONES_OF_CODES.has(code))).toEqual([]);
    const regions = [...ZONES_OF_CODES.values(), ...ZONES_ABROAD.values()];
    const zones = regions.flatMap(({ zone, towns }) => [zone, ...towns.map(([other]) => other)]);
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });
});
