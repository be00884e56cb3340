const US =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming';
const CANADA =
  'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon|NT Northwest Territories|NU Nunavut';
const PRINTED_SHORT =
  'AL Ala|AZ Ariz|AR Ark|CA Calif|CO Colo|CT Conn|DE Del|FL Fla|IL Ill|IN Ind|KS Kan|MA Mass|MI Mich|MN Minn|MS Miss|NE Neb|NV Nev|OK Okla|OR Ore|PA Penn|PA Penna|TN Tenn|TX Tex|WA Wash|WV W Va|WI Wis|WI Wisc|WY Wyo|DC Washington DC';

function codesByName(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const entry of [US, CANADA, PRINTED_SHORT].join('|').split('|')) {
    codes.set(entry.slice(3).toLowerCase(), entry.slice(0, 2));
    codes.set(entry.slice(0, 2).toLowerCase(), entry.slice(0, 2));
  }
  return codes;
}
const CODES = codesByName();

/** The two-letter code of a US state or a Canadian province, by its code, name or common short form; null if it is none. */
export function stateCode(text: string): string | null {
  const plain = text.replaceAll('.', '').replaceAll('é', 'e').trim().toLowerCase();
  return CODES.get(plain) ?? CODES.get(plain.replaceAll(' ', '')) ?? null;
}
