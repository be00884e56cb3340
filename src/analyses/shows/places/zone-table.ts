/** One state or province: its zone, and the towns that have another. */
export interface Region {
  country: 'US' | 'CA' | 'MX' | 'GB' | 'IE' | 'AU' | 'NZ';
  zone: string;
  towns: readonly (readonly [zone: string, towns: ReadonlySet<string>])[];
}

type Towns = Readonly<Record<string, string>>;

function region(country: Region['country'], zone: string, towns: Towns = {}): Region {
  const sets = Object.entries(towns).map(
    ([other, names]) => [other, new Set(names.split(',').map((name) => name.trim()))] as const,
  );
  return { country, zone, towns: sets };
}

/** States and provinces with one zone, by zone. */
const WHOLE: readonly (readonly [country: 'US' | 'CA', zone: string, codes: string])[] = [
  ['US', 'America/New_York', 'CT DE DC GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV'],
  ['US', 'America/Chicago', 'AR IA IL LA MN MO MS OK WI'],
  ['US', 'America/Denver', 'CO MT NM UT WY'],
  ['US', 'America/Los_Angeles', 'CA WA'],
  ['US', 'Pacific/Honolulu', 'HI'],
  ['US', 'America/Puerto_Rico', 'PR'],
  ['US', 'America/St_Thomas', 'VI'],
  ['US', 'Pacific/Guam', 'GU'],
  ['CA', 'America/Toronto', 'QC'],
  ['CA', 'America/Edmonton', 'AB NT'],
  ['CA', 'America/Winnipeg', 'MB'],
  ['CA', 'America/Halifax', 'NS PE'],
  ['CA', 'America/Moncton', 'NB'],
  ['CA', 'America/Whitehorse', 'YT'],
];

/** Those with several, with the larger towns of the smaller part. */
const SPLIT: readonly (readonly [code: string, region: Region])[] = [
  ['AK', region('US', 'America/Anchorage', { 'America/Adak': 'adak, atka' })],
  ['AL', region('US', 'America/Chicago', { 'America/New_York': 'phenix city, smiths station, lanett, valley' })],
  ['AZ', region('US', 'America/Phoenix', { 'America/Denver': 'window rock, chinle, kayenta, tuba city, ganado' })],
  [
    'FL',
    region('US', 'America/New_York', {
      'America/Chicago': `pensacola, pensacola beach, perdido key, gulf breeze, navarre, milton, pace, cantonment,
        crestview, destin, fort walton beach, niceville, valparaiso, shalimar, mary esther, miramar beach,
        santa rosa beach, inlet beach, freeport, defuniak springs, panama city, panama city beach, lynn haven, callaway,
        springfield, marianna, chipley, bonifay, graceville, wewahitchka`,
    }),
  ],
  [
    'ID',
    region('US', 'America/Boise', {
      'America/Los_Angeles': `coeur dalene, post falls, hayden, hayden lake, rathdrum, sandpoint, ponderay, priest river,
        bonners ferry, kellogg, wallace, pinehurst, st maries, moscow, lewiston, orofino, grangeville`,
    }),
  ],
  [
    'IN',
    region('US', 'America/Indiana/Indianapolis', {
      'America/Chicago': `gary, hammond, east chicago, whiting, munster, highland, griffith, schererville, dyer, st john,
        crown point, merrillville, hobart, lake station, lowell, cedar lake, valparaiso, portage, chesterton, porter,
        michigan city, la porte, laporte, rensselaer, kentland, evansville, newburgh, boonville, princeton, mount vernon,
        rockport, santa claus, fort branch`,
      'America/Indiana/Knox': 'knox',
      'America/Indiana/Tell_City': 'tell city, cannelton',
    }),
  ],
  ['KS', region('US', 'America/Chicago', { 'America/Denver': 'goodland, sharon springs, tribune, syracuse' })],
  [
    'KY',
    region('US', 'America/New_York', {
      'America/Chicago': `bowling green, owensboro, paducah, henderson, hopkinsville, madisonville, murray, mayfield,
        glasgow, russellville, franklin, princeton, central city, fort campbell, oak grove, leitchfield, benton, cadiz`,
    }),
  ],
  [
    'MI',
    region('US', 'America/Detroit', {
      'America/Menominee': `menominee, iron mountain, kingsford, norway, iron river, crystal falls, ironwood, bessemer,
        wakefield`,
    }),
  ],
  [
    'ND',
    region('US', 'America/Chicago', { 'America/Denver': 'dickinson, bowman, hettinger, medora, belfield, beach' }),
  ],
  [
    'NE',
    region('US', 'America/Chicago', {
      'America/Denver': `scottsbluff, gering, alliance, chadron, sidney, ogallala, kimball, gordon, imperial, bridgeport`,
    }),
  ],
  ['NV', region('US', 'America/Los_Angeles', { 'America/Denver': 'west wendover, jackpot' })],
  ['OR', region('US', 'America/Los_Angeles', { 'America/Boise': 'ontario, nyssa, vale' })],
  [
    'SD',
    region('US', 'America/Chicago', {
      'America/Denver': `rapid city, box elder, black hawk, summerset, piedmont, sturgis, spearfish, deadwood, lead,
        belle fourche, hill city, keystone, custer, hot springs, wall, philip, lemmon`,
    }),
  ],
  [
    'TN',
    region('US', 'America/Chicago', {
      'America/New_York': `knoxville, chattanooga, johnson city, kingsport, bristol, maryville, alcoa, oak ridge, clinton,
        farragut, lenoir city, loudon, sweetwater, athens, cleveland, dayton, east ridge, red bank, hixson, ooltewah,
        soddy daisy, signal mountain, sevierville, pigeon forge, gatlinburg, kodak, dandridge, jefferson city, morristown,
        newport, greeneville, rogersville, elizabethton, jonesborough, erwin, gray, harriman, kingston, rockwood,
        lafollette, la follette, tazewell, powell, halls`,
    }),
  ],
  [
    'TX',
    region('US', 'America/Chicago', { 'America/Denver': 'el paso, horizon city, socorro, fort bliss, fort hancock' }),
  ],
  [
    'BC',
    region('CA', 'America/Vancouver', {
      'America/Edmonton': 'cranbrook, fernie, kimberley, golden, invermere, sparwood, elkford, radium hot springs',
      'America/Dawson_Creek': 'dawson creek, fort st john, chetwynd, tumbler ridge',
      'America/Fort_Nelson': 'fort nelson',
      'America/Creston': 'creston',
    }),
  ],
  [
    'NL',
    region('CA', 'America/St_Johns', {
      'America/Goose_Bay': 'happy valley goose bay, goose bay, labrador city, wabush, churchill falls',
    }),
  ],
  ['NU', region('CA', 'America/Iqaluit', { 'America/Winnipeg': 'rankin inlet', 'America/Edmonton': 'cambridge bay' })],
  [
    'ON',
    region('CA', 'America/Toronto', {
      'America/Winnipeg': 'kenora, dryden, fort frances, rainy river, red lake, sioux lookout, keewatin',
      'America/Atikokan': 'atikokan',
    }),
  ],
  ['SK', region('CA', 'America/Regina', { 'America/Edmonton': 'lloydminster' })],
];

/** The regions of the United States and Canada by their two letters. */
export const ZONES_OF_CODES: ReadonlyMap<string, Region> = new Map([
  ...WHOLE.flatMap(([country, zone, codes]) => codes.split(' ').map((code) => [code, region(country, zone)] as const)),
  ...SPLIT,
]);

const MEXICO_CITY = region('MX', 'America/Mexico_City');
const MONTERREY = {
  'America/Matamoros': 'reynosa, matamoros, nuevo laredo, rio bravo, acuna, ciudad acuna, piedras negras',
};
const MEXICO: ReadonlyMap<string, Region> = new Map(
  (
    [
      ['baja california, bc', region('MX', 'America/Tijuana')],
      ['baja california sur, bcs, sinaloa, sin', region('MX', 'America/Mazatlan')],
      ['sonora, son', region('MX', 'America/Hermosillo')],
      [
        'nayarit, nay',
        region('MX', 'America/Mazatlan', {
          'America/Bahia_Banderas': `nuevo vallarta, nuevo nayarit, bucerias, sayulita, punta de mita, punta mita,
            san francisco, la cruz de huanacaxtle`,
        }),
      ],
      [
        'chihuahua, chih',
        region('MX', 'America/Chihuahua', {
          'America/Ciudad_Juarez': 'ciudad juarez, juarez, cd juarez',
          'America/Ojinaga': 'ojinaga',
        }),
      ],
      ['coahuila, coah, nuevo leon, nl, tamaulipas, tamps', region('MX', 'America/Monterrey', MONTERREY)],
      ['quintana roo, q roo, qroo', region('MX', 'America/Cancun')],
      ['yucatan, yuc, campeche, camp', region('MX', 'America/Merida')],
      [
        `aguascalientes, ags, chiapas, chis, ciudad de mexico, cdmx, df, colima, col, durango, dgo, estado de mexico,
          edomex, guanajuato, gto, guerrero, gro, hidalgo, hgo, jalisco, jal, michoacan, mich, morelos, mor, oaxaca, oax,
          puebla, pue, queretaro, qro, san luis potosi, slp, tabasco, tab, tlaxcala, tlax, veracruz, ver, zacatecas, zac`,
        MEXICO_CITY,
      ],
    ] as const
  ).flatMap(([names, found]) => names.split(',').map((name) => [name.trim(), found] as const)),
);

/**
 * A state of Mexico by its name or short form, in lower case and without accents.
 *
 * @param isInMexico whether the country is known: short forms count only then, since `BC` and `Mich` are elsewhere too
 */
export function regionOfMexico(name: string, isInMexico: boolean): Region | null {
  const found = MEXICO.get(name) ?? null;
  return isInMexico || name.length > 5 || name === 'cdmx' ? found : null;
}

const AUSTRALIA: readonly (readonly [names: string, region: Region])[] = [
  ['new south wales, nsw', region('AU', 'Australia/Sydney', { 'Australia/Broken_Hill': 'broken hill' })],
  ['australian capital territory, act', region('AU', 'Australia/Sydney')],
  ['victoria, vic', region('AU', 'Australia/Melbourne')],
  ['tasmania, tas', region('AU', 'Australia/Hobart')],
  ['queensland, qld', region('AU', 'Australia/Brisbane')],
  ['south australia, sa', region('AU', 'Australia/Adelaide')],
  ['western australia, wa', region('AU', 'Australia/Perth')],
  ['northern territory, nt', region('AU', 'Australia/Darwin')],
];

/** `AU nsw` and the like, and the countries that have one zone. */
export const ZONES_ABROAD: ReadonlyMap<string, Region> = new Map([
  ['GB', region('GB', 'Europe/London')],
  ['IE', region('IE', 'Europe/Dublin')],
  ['NZ', region('NZ', 'Pacific/Auckland')],
  ...AUSTRALIA.flatMap(([names, found]) => names.split(',').map((name) => [`AU ${name.trim()}`, found] as const)),
]);
