/** A region with the towns its venues lie in. The towns are real; every street address in them is invented. */
export interface Metro {
  region: string;
  state: string;
  areaCode: string;
  towns: readonly (readonly [name: string, postcode: string])[];
}

export const METROS: readonly Metro[] = [
  {
    region: 'Gulf Coast',
    state: 'FL',
    areaCode: '727',
    towns: [
      ['Largo', '33770'],
      ['Dunedin', '34698'],
      ['Clearwater', '33755'],
    ],
  },
  {
    region: 'Miami Valley',
    state: 'OH',
    areaCode: '937',
    towns: [
      ['Dayton', '45402'],
      ['Fairborn', '45324'],
      ['Xenia', '45385'],
    ],
  },
  {
    region: 'Central Texas',
    state: 'TX',
    areaCode: '512',
    towns: [
      ['Round Rock', '78664'],
      ['Taylor', '76574'],
      ['San Marcos', '78666'],
    ],
  },
  {
    region: 'Front Range',
    state: 'CO',
    areaCode: '970',
    towns: [
      ['Loveland', '80537'],
      ['Greeley', '80631'],
      ['Fort Collins', '80524'],
    ],
  },
  {
    region: 'South Sound',
    state: 'WA',
    areaCode: '253',
    towns: [
      ['Tacoma', '98402'],
      ['Puyallup', '98371'],
      ['Lacey', '98503'],
    ],
  },
  {
    region: 'Lehigh Valley',
    state: 'PA',
    areaCode: '610',
    towns: [
      ['Allentown', '18101'],
      ['Easton', '18042'],
      ['Bethlehem', '18015'],
    ],
  },
  {
    region: 'Piedmont Triad',
    state: 'NC',
    areaCode: '336',
    towns: [
      ['Burlington', '27215'],
      ['High Point', '27260'],
      ['Kernersville', '27284'],
    ],
  },
  {
    region: 'Quad Cities',
    state: 'IA',
    areaCode: '563',
    towns: [
      ['Davenport', '52801'],
      ['Bettendorf', '52722'],
    ],
  },
  {
    region: 'Inland Northwest',
    state: 'ID',
    areaCode: '208',
    towns: [
      ['Post Falls', '83854'],
      ['Hayden', '83835'],
      ['Moscow', '83843'],
    ],
  },
  {
    region: 'East Valley',
    state: 'AZ',
    areaCode: '480',
    towns: [
      ['Mesa', '85201'],
      ['Apache Junction', '85120'],
      ['Gilbert', '85233'],
    ],
  },
  {
    region: 'Low Country',
    state: 'SC',
    areaCode: '843',
    towns: [
      ['Goose Creek', '29445'],
      ['Summerville', '29483'],
      ['Hanahan', '29410'],
    ],
  },
  {
    region: 'West Michigan',
    state: 'MI',
    areaCode: '616',
    towns: [
      ['Holland', '49423'],
      ['Wyoming', '49509'],
      ['Grand Haven', '49417'],
    ],
  },
  {
    region: 'Ozarks',
    state: 'MO',
    areaCode: '417',
    towns: [
      ['Nixa', '65714'],
      ['Springfield', '65806'],
      ['Branson', '65616'],
    ],
  },
  {
    region: 'Fox Cities',
    state: 'WI',
    areaCode: '920',
    towns: [
      ['Appleton', '54911'],
      ['Neenah', '54956'],
      ['Kaukauna', '54130'],
    ],
  },
  {
    region: 'Central Valley',
    state: 'CA',
    areaCode: '209',
    towns: [
      ['Modesto', '95354'],
      ['Turlock', '95380'],
      ['Lodi', '95240'],
    ],
  },
  {
    region: 'Wiregrass',
    state: 'AL',
    areaCode: '334',
    towns: [
      ['Dothan', '36301'],
      ['Enterprise', '36330'],
      ['Ozark', '36360'],
    ],
  },
  {
    region: 'Merrimack Valley',
    state: 'MA',
    areaCode: '978',
    towns: [
      ['Haverhill', '01830'],
      ['Lowell', '01852'],
      ['Methuen', '01844'],
    ],
  },
  {
    region: 'Green Country',
    state: 'OK',
    areaCode: '918',
    towns: [
      ['Broken Arrow', '74012'],
      ['Owasso', '74055'],
      ['Sapulpa', '74066'],
    ],
  },
  {
    region: 'Southern Tier',
    state: 'NY',
    areaCode: '607',
    towns: [
      ['Endicott', '13760'],
      ['Johnson City', '13790'],
      ['Owego', '13827'],
    ],
  },
  {
    region: 'Big Sky',
    state: 'MT',
    areaCode: '406',
    towns: [
      ['Billings', '59101'],
      ['Laurel', '59044'],
    ],
  },
  {
    region: 'Tri-Cities',
    state: 'TN',
    areaCode: '423',
    towns: [
      ['Kingsport', '37660'],
      ['Bristol', '37620'],
      ['Elizabethton', '37643'],
    ],
  },
  {
    region: 'Willamette',
    state: 'OR',
    areaCode: '541',
    towns: [
      ['Albany', '97321'],
      ['Corvallis', '97333'],
      ['Lebanon', '97355'],
    ],
  },
  {
    region: 'Hampton Roads',
    state: 'VA',
    areaCode: '757',
    towns: [
      ['Chesapeake', '23320'],
      ['Hampton', '23669'],
      ['Suffolk', '23434'],
    ],
  },
  {
    region: 'Northern Nevada',
    state: 'NV',
    areaCode: '775',
    towns: [
      ['Sparks', '89431'],
      ['Fernley', '89408'],
      ['Carson City', '89701'],
    ],
  },
];

/** Street names with the full and the short form of their kind. */
export const STREETS: readonly (readonly [name: string, full: string, short: string])[] = [
  ['Harbor View', 'Boulevard', 'Blvd'],
  ['Maple', 'Avenue', 'Ave'],
  ['Pine', 'Street', 'St'],
  ['Old Mill', 'Road', 'Rd'],
  ['N Main', 'Street', 'St'],
  ['S Broadway', 'Avenue', 'Ave'],
  ['E 7th', 'Street', 'St'],
  ['W 22nd', 'Avenue', 'Ave'],
  ['Quarry', 'Lane', 'Ln'],
  ['Depot', 'Street', 'St'],
  ['Sunset', 'Drive', 'Dr'],
  ['Cannery', 'Row', 'Row'],
  ['Railroad', 'Avenue', 'Ave'],
  ['Lakeshore', 'Drive', 'Dr'],
  ['Commerce', 'Parkway', 'Pkwy'],
  ['Highland', 'Court', 'Ct'],
  ['Ferry Landing', 'Road', 'Rd'],
  ['NW 3rd', 'Street', 'St'],
  ['Orchard', 'Place', 'Pl'],
  ['Foundry', 'Street', 'St'],
  ['Turnpike', 'Road', 'Rd'],
  ['Union', 'Square', 'Sq'],
  ['Bluebonnet', 'Lane', 'Ln'],
  ['Cedar Creek', 'Road', 'Rd'],
  ['County Line', 'Road', 'Rd'],
  ['E Front', 'Street', 'St'],
  ['Grant', 'Avenue', 'Ave'],
  ['Mill Race', 'Drive', 'Dr'],
  ['S Washington', 'Street', 'St'],
  ['Prospect', 'Avenue', 'Ave'],
  ['Sycamore', 'Street', 'St'],
  ['1st', 'Avenue', 'Ave'],
];

/** Addresses that are no "number name kind": highways and county roads. */
export const ODD_STREETS = [
  'US-79',
  'Hwy 12',
  'County Road 39',
  'State Route 48',
  'Farm Road 1460',
  'Highway 61 N',
] as const;

export const UNITS = ['Suite 2', 'Unit D', 'Ste 104', '#6'] as const;
