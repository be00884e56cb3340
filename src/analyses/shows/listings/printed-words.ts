/** What recognition confuses in streets: `0ld Mill Rd`, `Orchard PI`. */
export function repaired(street: string): string {
  return street
    .replace(/\b0(?=[a-z]{2})/g, 'O')
    .replace(/\bPI\b/g, 'Pl')
    .replace(/\bld (?=\p{Lu})/gu, 'Old ')
    .replace(/(\p{Ll}) l\b/gu, '$1l')
    .replace(/^(\d{1,2}) (?=\d{3} )/, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What recognition confuses in names: `KJ Le0`, `D J Nacho`, `Mil l`. */
export function tidyName(name: string): string {
  return name
    .replace(/\b0(?='\p{Lu})/gu, 'O')
    .replace(/(?<=\p{Lu}\p{Ll}+)0\b/gu, 'o')
    .replace(/^([DK]) J\b/, '$1J')
    .replace(/(\p{Ll}) l\b/gu, '$1l')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Letters and digits only, small. */
export function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}
