/** Words that the made records are put together of; the first of each list are the most frequent. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);
const phrases = (words: string): readonly string[] => words.trim().split(/\s*,\s*/);

export const GIVEN_NAMES = list(`
  james joshua emily jack sophie thomas lachlan georgia william jessica matthew isabella samuel chloe daniel olivia benjamin
  hannah nicholas ella alexander grace joseph sarah ethan charlotte liam lucy michael madison jacob amelia luke emma harrison
  zoe riley ruby mitchell lauren connor caitlin ryan rachel dylan mia jake lily noah alyssa jordan holly cooper brooke max
  jasmine angus claire hamish paige oliver erin isaac taylor sebastian imogen bailey mikayla jonathan abbey patrick tahlia
  aidan kayla christopher nicole zachary stephanie tyler samantha andrew alexandra david jade robert rebecca edward victoria
  henry katherine adam molly xavier bianca gabriel sienna nathan natasha jackson amy archie eliza finn freya hugo matilda
  declan phoebe kyle annabelle marcus jorja brodie teagan flynn ebony cameron shakira toby alana logan indiana blake kiandra
  rhys talia reece brianna levi renee beau layla jayden skye hayden bethany caleb mackenzie jesse sheridan lewis rosie dante
  petra anthony laura john mary peter anna paul helen mark susan george barbara kenneth linda brian karen ronald lisa`);

export const SURNAMES = list(`
  smith white clarke campbell nguyen green ryan thomas brown webb harris johnson wilson jones taylor williams martin anderson
  matthews king robinson thompson walker lee hall wright kelly reid morrison murphy miller coleman roberts rogers mason carter
  bishop mitchell dixon stephenson goldsworthy blake hughes chandler clifford burford donaldson mcgregor pascoe braciak
  bradshaw lombardi petersen vincent whitehead wheatley noble crook alderson bowerman rudd beams dolan falkner gilbertson
  hathaway ingram jolly kempster lawler mcveigh negrean ottens priest quilliam rollins stanbury tranter upton varcoe wellburn
  yoxon zilm ashby barclay cottrell drummond eglinton fitzgerald gallagher hennessy ivanov jankowski kowalski lundgren mancini
  novak oconnor papadopoulos quintero rasmussen schneider tremblay ullman vasquez wagner xanthos yamamoto zimmerman abbott
  baxter caldwell dawson ellison forsyth greenwood holloway irvine jefferson kirkland lockwood maxwell norwood osborne
  prescott radcliffe sheffield thornton underwood vaughan westbrook yardley armstrong beaumont carmichael devereaux easton
  fairbanks garrison hargreaves inglis jarvis kensington langley merriweather northcote ogilvie pemberton quigley ravenscroft
  stockton trevelyan umber vance winterbourne young abernathy bancroft crawford delaney everett fletcher goodwin hawthorne
  isaacs joyner keating lancaster mcallister nesbitt oakley pritchard renshaw sinclair tennyson urquhart vickers wentworth`);

export const STREET_NAMES = list(`
  main sunset ventura wilshire melrose broadway madison lexington park ocean pico union hillhurst montana robertson fairfax
  beverly colorado greenwich mulberry spring hudson columbus amsterdam peachtree piedmont roswell geary polk mission valencia
  fillmore lombard chestnut paradise flamingo tropicana sahara maryland washington lincoln jefferson jackson grant franklin
  pine oak maple cedar elm walnut cherry willow hawthorn birch laurel magnolia orchard meadow river lake hill valley ridge
  canyon forest garden church school college mill bridge market water front court center high king queen prince duke victoria
  albert george charlotte elizabeth regent crown castle abbey priory station railway harbour beach cliff summit highland
  glenview fairview lakeview bayview parkview northfield southgate eastwood westfield springvale clearwater silverton goldfield
  copperhill ironbark redgum banksia wattle acacia jacaranda eucalypt kurrajong boronia grevillea callistemon waratah`);
export const STREET_TYPES = phrases(
  'street|st., avenue|ave., boulevard|blvd., road|rd., drive|dr., lane|ln., place|pl., way|way, court|ct., highway|hwy.',
).map((pair) => pair.split('|') as [long: string, short: string]);

export const CITIES =
  phrases(`los angeles, new york, new york city, san francisco, atlanta, las vegas, santa monica, w. hollywood,
  studio city, sherman oaks, beverly hills, pasadena, brooklyn, queens, marina del rey, venice, burbank, encino, malibu,
  glendale, culver city, westwood, hollywood, bel air, decatur, marietta, duluth, smyrna, roswell, sausalito, berkeley,
  oakland, palo alto, long beach, torrance, northridge, tarzana, toluca lake, century city, westlake village`);
export const AREA_CODES = list('310 213 212 718 415 404 702 818 770 510 650 323 646 917');

export const CUISINES =
  phrases(`american, american (new), italian, french, french (new), californian, chinese, japanese, mexican,
  steakhouses, delis, seafood, continental, southern, asian, indian, thai, bbq, pizza, cafeterias, coffeehouses, cajun/creole,
  mediterranean, greek, cuban, fast food, hamburgers, health food, noodle shops, eclectic`);
export const VENUE_WORDS = list(`
  arnie palm bizou campanile chinois citrus fenix granita grill locanda patina philippe pinot rex spago valentino yujean
  aquavit aureole cafe lalo bernardin caravelle cirque daniel chanterelle gotham jojo lutece mesa montrachet oceana park
  picholine raoul rosa sparks tavern tribeca union vong abruzzi bacchanalia bone brasserie buckhead canoe chops ciboulette
  delectables georgia grille hedgerose heights imperial fez pano paul nikolai roof riviera aqua boulevard campton place
  fleur lys fringale hawthorne lane masa moose postrio plumpjack stars trader vic zuni harbor village golden dragon jade
  lotus bamboo pearl royal star sun moon garden palace house corner blue red green white black silver copper iron old new
  little big grand happy lucky crazy lazy salty rusty twin three four seven angel devil bear wolf fox lion eagle falcon
  marco luigi antonio giovanni francesca lucia sofia carmela pedro juan pancho rosita maria ricardo mikado fuji sakura
  kyoto osaka tokyo saigon hanoi bangkok siam punjab bombay delhi ganges everest athena apollo zorba olympia acropolis`);
export const VENUE_KINDS = phrases(
  'restaurant, cafe, grill, bistro, deli, trattoria, ristorante, steak house, bar & grill, tavern, kitchen, , , , ',
);

export const TITLE_WORDS = list(`
  data query database databases queries system systems processing efficient xml mining relational distributed web management
  optimization using approach information performance model parallel index indexing algorithms object-oriented adaptive
  spatial dynamic temporal views large objects evaluation multidimensional analysis join semantic scalable techniques mobile
  access schema integration knowledge streams transaction transactions concurrency control storage clustering incremental
  design language support similarity search recovery heterogeneous time-series approximate materialized maintenance discovery
  association rules warehouse warehousing cache caching aggregate aggregation nearest neighbor high-dimensional workflow
  active deductive constraint constraints fuzzy graph graphs tree trees hash hashing sampling histograms selectivity estimation
  cost-based parametric recursive nested semistructured documents keyword ranking top-k skyline privacy security
  authentication compression bitmap buffer replacement locking replication consistency availability cluster federated mediator
  wrapper extraction cleaning duplicate provenance lineage versioning benchmark benchmarking workload tuning self-managing
  autonomic sensor networks peer-to-peer grid ontology multimedia video image retrieval content-based text full-text
  continuous monitoring triggers rule-based logic programming datalog negation magic rewriting containment equivalence
  decision classification regression outlier detection pattern patterns sequential frequent itemsets lattice cube olap rollup
  partitioning declustering load balancing scheduling pipelining prefetching disk memory main-memory flash secondary
  bulk loading external sorting merging linear quadtree r-tree b-tree grid-file space-filling curve trajectory moving
  interoperability middleware corba java persistent garbage collection pointer swizzling extensible architecture prototype`);
export const TITLE_STARTS =
  phrases(`the design and implementation of, on, a survey of, towards, an, efficient, a, optimizing, , , , , ,
  evaluating, managing, querying, supporting, fast, building, a framework for, an evaluation of, panel:, tutorial:`);
/** A venue as one source writes it, and as others do. */
export const PAPER_VENUES: readonly (readonly string[])[] = [
  [
    'SIGMOD Conference',
    'International Conference on Management of Data',
    'SIGMOD Record',
    'Proc. ACM SIGMOD',
    'SIGMOD',
  ],
  [
    'VLDB',
    'Very Large Data Bases',
    'Proceedings of the International Conference on Very Large Data Bases',
    'Proc. of VLDB',
  ],
  [
    'ACM Trans. Database Syst.',
    'ACM Transactions on Database Systems (TODS)',
    'ACM Transactions on Database Systems',
    'TODS',
  ],
  [
    'VLDB J.',
    'The VLDB Journal -- The International Journal on Very Large Data Bases',
    'VLDB Journal',
    'The VLDB Journal',
  ],
  [
    'SIGMOD Record',
    'ACM SIGMOD Record',
    'SIGMOD Record (ACM Special Interest Group on Management of Data)',
    'ACM Sigmod Record',
  ],
];

export const BRANDS = list(`
  sony panasonic canon samsung toshiba nikon lg bose garmin logitech kenwood jvc yamaha pioneer frigidaire whirlpool bosch
  netgear linksys belkin olympus fujifilm sharp philips sanyo haier electrolux griffin tomtom audiovox denon klipsch monster
  sandisk kingston epson brother hp lexmark apc targus`);
/** Kind of product, words that describe it, and the letters its model numbers begin with. */
export const PRODUCT_KINDS: readonly { names: readonly string[]; words: readonly string[]; letters: string }[] = [
  {
    names: phrases('lcd hdtv, lcd tv, flat panel hdtv'),
    words: phrases('widescreen, 1080p, 720p, bravia, aquos, series, black, high definition, 120hz'),
    letters: 'KDL',
  },
  {
    names: phrases('digital camera, digital slr camera'),
    words: phrases('megapixel, cyber-shot, powershot, coolpix, lumix, optical zoom, silver, black, pink, blue'),
    letters: 'DSC',
  },
  {
    names: phrases('camcorder, digital camcorder'),
    words: phrases('handycam, hard drive, mini dvd, high definition, optical zoom, flash memory'),
    letters: 'HDR',
  },
  {
    names: phrases('speaker system, bookshelf speakers, in-wall speaker, subwoofer'),
    words: phrases('acoustimass, series, surround, black, white, pair, powered, 2-way'),
    letters: 'SA',
  },
  {
    names: phrases('receiver, a/v receiver, home theater receiver'),
    words: phrases('7.1 channel, 5.1 channel, hdmi, audio video, black, dolby'),
    letters: 'RX',
  },
  {
    names: phrases('washer, dryer, front load washer, electric dryer'),
    words: phrases('cu. ft., capacity, stainless steel, white, energy star, steam'),
    letters: 'WM',
  },
  {
    names: phrases('refrigerator, french door refrigerator, dishwasher'),
    words: phrases('cu. ft., stainless steel, built-in, white, biscuit, energy star'),
    letters: 'FR',
  },
  {
    names: phrases('wireless router, gigabit switch, range extender'),
    words: phrases('wireless-n, 4-port, 8-port, broadband, dual band, adapter'),
    letters: 'WRT',
  },
  {
    names: phrases('gps navigator, car navigation system'),
    words: phrases('nuvi, portable, widescreen, bluetooth, north america maps, traffic'),
    letters: 'GPS',
  },
  {
    names: phrases('headphones, noise cancelling headphones, earbuds'),
    words: phrases('in-ear, wireless, stereo, black, white, noise canceling'),
    letters: 'MDR',
  },
  {
    names: phrases('laser printer, all-in-one printer, photo printer'),
    words: phrases('color, monochrome, network, wireless, pixma, stylus'),
    letters: 'MFC',
  },
  {
    names: phrases('car stereo, cd receiver, dvd player, blu-ray disc player'),
    words: phrases('in-dash, bluetooth, usb, progressive scan, upconverting, black'),
    letters: 'BDP',
  },
];

export const SOFTWARE_MAKERS = list(`
  microsoft adobe intuit symantec apple corel encore sage topics individual nova riverdeep broderbund scholastic kaspersky
  mcafee roxio nuance autodesk filemaker quark pinnacle cyberlink valusoft activision sega knowledge disney fogware avanquest`);
export const SOFTWARE_WORDS = list(`
  studio office photoshop illustrator acrobat premiere elements quickbooks quicken turbotax antivirus security works publisher
  draw painter creator suite web design english spanish learning adventure typing print shop greeting card family tree maker
  backup recovery manager server firewall video editing music sound forge math reading science geometry algebra history atlas
  encyclopedia dictionary language arts phonics preschool kindergarten grade teacher classroom project planner home landscape
  architect engineering drawing animation fonts clipart gallery mosaic chess poker solitaire mahjong puzzle arcade simulator
  train flight racing hunting fishing golf tennis soccer football baseball`);
