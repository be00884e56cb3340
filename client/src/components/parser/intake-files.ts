/** Ends of names that may hold pictures; whether they do is for the server to say, by their bytes. */
const KINDS = /\.(?:png|jpe?g|jfif|webp|gif|avif|tiff?|heic|heif|bmp|zip|pdf)$/i;

export const ACCEPTED = 'image/*,.heic,.heif,.avif,.tif,.tiff,.zip,.pdf,application/zip,application/pdf';

/** Splits what was given: what may be pictures, and how many others a folder brought along (`.DS_Store`, texts). */
export function sortedIntake(files: readonly File[]): { wanted: File[]; leftOut: number } {
  const wanted = files.filter(
    ({ name, type }) => !name.startsWith('.') && (KINDS.test(name) || type.startsWith('image/')),
  );
  return { wanted, leftOut: files.length - wanted.length };
}

/** Addresses in a pasted or typed text: one a line, or with blanks or commas between. */
export function addressesIn(text: string): string[] {
  const parts = text.split(/[\s,;<>"]+/).filter((part) => /^https?:\/\/[^/]/i.test(part) && URL.canParse(part));
  return [...new Set(parts)];
}

/** A pasted screenshot has no name of its own: two of them should not be called the same. */
export function namedPaste(file: File, at: Date): File {
  if (file.name !== '' && file.name !== 'image.png') return file;
  const time = at.toISOString().replace(/[:T]/g, '-').slice(0, 19);
  const end = file.type.split('/')[1] ?? 'png';
  return new File([file], `pasted-${time}.${end}`, { type: file.type, lastModified: at.getTime() });
}
