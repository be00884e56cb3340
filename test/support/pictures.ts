import sharp from 'sharp';

/** A small PNG that differs from every other number's: what it shows is for a stand-in to make up. */
export function picture(number: number): Promise<Buffer> {
  const [r, g, b] = [(number * 47) % 256, (number * 89) % 256, (number * 151) % 256];
  const mark = {
    create: { width: 8 + (number % 8), height: 8, channels: 3 as const, background: { r: b, g: r, b: g } },
  };
  return sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g, b } } })
    .composite([{ input: mark, left: (number * 7) % 40, top: (number * 5) % 32 }])
    .png()
    .toBuffer();
}

/** Pictures 0 to `count` - 1. */
export function pictures(count: number): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => picture(number)));
}
