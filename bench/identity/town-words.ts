/** Words that made towns are put together of; the first of each list come up most. */
const list = (words: string): readonly string[] => words.trim().split(/\s*,\s*/);

export const OWN_NAMES = list(`
  Krackpots, O'Malley's, Suffy's, Zeke's, Millie's, Buck's, Arlo's, Jolene's, Murphy's, Cactus Jack's, Stumpy's, Dooley's,
  Lucky's, Smitty's, Big Al's, Uncle Leo's, Mama Roux, Sociedad, Xpressions, Jackalope, Moontower, Poodle Dog, Bodhi's,
  Twisted Spoke, Backwoods, Crossroads, Wreck Room, Overtime, Sidelines, Rumours, Whiskers, Tailgaters, Cheers, Pickles,
  Firefly, Riptide, Driftwood, Barnacle Bill's, Captain Quill's, Roadrunner, Hideaway, Watering Hole, Cabana, Paradise`);
export const FIRST_WORDS = list(`
  Blue, Rusty, Golden, Old, Black, Silver, Lucky, Red, Tipsy, Salty, Crooked, Thirsty, Howling, Copper, Lazy, Broken, Dizzy,
  Wandering, Velvet, Smoky, Roaring, Painted, Whistling, Iron, White, Wild, Crazy, Laughing, Flying, Dancing`);
export const SECOND_WORDS = list(`
  Anchor, Moose, Horse, Parrot, Rooster, Mule, Nail, Fox, Oak, Moon, Barrel, Crown, Lantern, Owl, Pike, Bear, Wolf, Badger,
  Otter, Wagon, Buffalo, Goat, Duck, Rose, Shamrock, Pelican, Heron, Tiger, Dragon, Raven`);
export const KINDS = list(`
  Bar & Grill, Bar, Pub, Tavern, Saloon, Lounge, Sports Bar, Grill, Cantina, Taproom, Ale House, Nightclub, Brewing Co.,
  Pizza, Billiards, Cocktail Lounge`);
/** Names that many towns have. */
export const COMMON_NAMES = list(`
  VFW Post 4321, VFW Post 912, American Legion Post 217, American Legion Post 9, Moose Lodge 1288, Elks Lodge #744, The Pub,
  Main Street Bar, Main Street Pizzeria, Downtown Bar, The Mill, The Hill, Sports Page, Corner Pocket, Corner Bar, The Boat`);
export const CHAINS = list(`
  Lucky Spoon, Sing Sing Bar, Wing Depot, Roadhouse 30, Big City Billiards, Tiki Joe's, Applewood Grill, Boomer's`);
/** Towns with their suburbs: a venue of a suburb is printed with the town's name, too. */
export const TOWNS: readonly {
  state: string;
  city: string;
  forms: readonly string[];
  suburbs: readonly string[];
  area: string;
}[] = [
  { state: 'TX', city: 'Austin', forms: [], suburbs: ['Round Rock', 'Cedar Park', 'Buda'], area: '512' },
  { state: 'FL', city: 'Tampa', forms: [], suburbs: ['Brandon', 'Saint Petersburg'], area: '813' },
  {
    state: 'NY',
    city: 'New York',
    forms: ['NYC', 'New York City'],
    suburbs: ['Staten Island', 'Brooklyn'],
    area: '718',
  },
  { state: 'MI', city: 'Grand Rapids', forms: ['GR'], suburbs: ['Wyoming', 'Holland', 'Grand Haven'], area: '616' },
  { state: 'NV', city: 'Las Vegas', forms: ['Vegas'], suburbs: ['Henderson'], area: '702' },
  { state: 'AL', city: 'Enterprise', forms: [], suburbs: ['Ozark', 'Fort Rucker'], area: '334' },
];
/** What is also printed for a suburb's name. */
export const SUBURB_FORMS: Readonly<Record<string, string>> = {
  'Staten Island': 'SI',
  'Saint Petersburg': 'St. Petersburg',
  'Fort Rucker': 'Ft. Rucker',
};
export const STREETS = list(`
  Main|Street|St, Oak|Avenue|Ave, Washington|Street|St, 5th|Street|St, 6th|Street|St, Lake|Avenue|Ave, Harbor View|Boulevard|Blvd,
  Burnet|Road|Rd, County Road 12||, County Road 48||, Highway 9||, US Highway 31||, Broadway||, Saint Clair|Avenue|Ave,
  Research|Boulevard|Blvd, Prospect|Avenue|Ave, Limmer|Loop|Loop, Quarry|Road|Rd, Cedar Creek|Drive|Dr, Ferry|Road|Rd,
  Bluebonnet|Lane|Ln, Whitestone|Boulevard|Blvd, Menchaca|Road|Rd, Victory|Boulevard|Blvd, Richmond|Avenue|Ave`).map(
  (street) => street.split('|') as [name: string, long: string, short: string],
);
export const HOSTS = list(`
  KJ Ann, DJ Marcus Bell, Aunt Peg, Brandi Coe, Big Tony, KJ Leo, Randy Pruitt, DJ Frost, Bob Day, Xpider Cantu, KJ Ginger,
  Jason Lindqvist, Mo, Ill Will, Ann Lee, DJ Wrex, Diamond Mic, Steve O, Kelly Jo, Dr. Sing`);
export const COMPANIES = list(`Sing Co, Party Pipes Entertainment, Karaoke Soup, Diamond Mic Karaoke, Live Music Now`);
