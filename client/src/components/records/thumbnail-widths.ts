/** The same small picture in another of the widths that the server makes. */
export function thumbnailOf(url: string, width: 160 | 320 | 640 | 1280): string {
  return url.replace(/\/\d+\.webp(?=\?|$)/, `/${width}.webp`);
}
