import { lookAlikes } from '../images/fingerprint.ts';

/** More would bury the other notices. */
const MOST_NAMED = 5;

/**
 * Says which pictures of a run look the same. They were all read: flyers of two different nights may differ by a few dots.
 *
 * @param fingerprints by the position of the image in the upload
 * @param images in the order of the upload
 */
export function lookAlikeNotices(
  fingerprints: ReadonlyMap<number, string>,
  images: readonly { name: string }[],
): string[] {
  const inOrder = [...fingerprints].sort(([one], [other]) => one - other);
  const alike = lookAlikes(inOrder.map(([position, fingerprint]) => ({ id: String(position), fingerprint })));
  const nameOf = (id: string) => images[Number(id)]?.name ?? '';
  const notices = alike
    .slice(0, MOST_NAMED)
    .map(({ id, sameLookAs }) => `"${nameOf(id)}" looks the same as "${nameOf(sameLookAs)}". Both were read.`);
  const more = alike.length - notices.length;
  return more > 0 ? [...notices, `${more} more pictures look the same as others. All were read.`] : notices;
}
