/** An absolute http(s) address, or null: anything else could be a script in a program that follows it. */
export function webAddress(website: string | null): string | null {
  if (website === null) return null;
  const url = URL.parse(/^https?:\/\//i.test(website) ? website : `https://${website}`);
  return url !== null && url.hostname.includes('.') && url.username === '' ? url.href : null;
}
