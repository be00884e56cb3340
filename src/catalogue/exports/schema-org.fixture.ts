/**
 * Properties of the schema.org types that the exports use, by schema.org's own definitions: the pages schema.org/Event,
 * /Schedule, /Place, /PostalAddress, /Person and /Organization (Schedule and eventSchedule as in
 * `data/ext/pending/issue-1457.ttl` of the repository schemaorg/schemaorg). Those of the type itself and those it has from
 * its parents (Thing, and for PostalAddress ContactPoint), as far as they could come up here.
 */
const THING = ['name', 'description', 'url', 'image', 'identifier', 'sameAs', 'alternateName'];

export const SCHEMA_ORG: Readonly<Record<string, readonly string[]>> = {
  Event: [
    ...THING,
    'about',
    'attendee',
    'doorTime',
    'duration',
    'endDate',
    'eventAttendanceMode',
    'eventSchedule',
    'eventStatus',
    'location',
    'offers',
    'organizer',
    'performer',
    'previousStartDate',
    'startDate',
    'subEvent',
    'superEvent',
  ],
  Schedule: [
    ...THING,
    'byDay',
    'byMonth',
    'byMonthDay',
    'byMonthWeek',
    'duration',
    'endDate',
    'endTime',
    'exceptDate',
    'repeatCount',
    'repeatFrequency',
    'scheduleTimezone',
    'startDate',
    'startTime',
  ],
  Place: [...THING, 'address', 'telephone', 'geo', 'hasMap', 'openingHoursSpecification'],
  PostalAddress: [
    ...THING,
    'addressCountry',
    'addressLocality',
    'addressRegion',
    'postOfficeBoxNumber',
    'postalCode',
    'streetAddress',
    'telephone',
  ],
  Person: [...THING, 'familyName', 'givenName', 'jobTitle', 'telephone', 'worksFor'],
  Organization: [...THING, 'address', 'legalName', 'location', 'telephone'],
};

/** What eventStatus may be (schema.org/EventStatusType). */
export const EVENT_STATUS = [
  'EventScheduled',
  'EventCancelled',
  'EventPostponed',
  'EventRescheduled',
  'EventMovedOnline',
];

/** Every node of a JSON-LD text that has a type, with the names of its properties that the type does not have. */
export function foreignProperties(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(foreignProperties);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const type: unknown = entries.find(([name]) => name === '@type')?.[1];
  const known = typeof type === 'string' ? SCHEMA_ORG[type] : undefined;
  const foreign = entries.flatMap(([name]) => {
    if (name.startsWith('@')) return [];
    // A node without a type only refers to one by its id.
    return known?.includes(name) ? [] : [`${String(type)}.${name}`];
  });
  return [...foreign, ...entries.flatMap(([, inner]) => foreignProperties(inner))];
}
