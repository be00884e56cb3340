/** Colours of the page as a canvas takes them. */
export interface ChartColours {
  text: string;
  dim: string;
  line: string;
  main: string;
  second: string;
  good: string;
  bad: string;
  notice: string;
  panel: string;
}

const VARIABLES: Readonly<Record<keyof ChartColours, string>> = {
  text: '--mantine-color-text',
  dim: '--mantine-color-dimmed',
  line: '--line',
  main: '--mantine-primary-color-filled',
  second: '--notice',
  good: '--good',
  bad: '--bad',
  notice: '--notice',
  panel: '--panel',
};

const known = new Map<string, ChartColours>();

/**
 * A canvas knows no variables: their values are read, once for each scheme. To be asked when the page is in that scheme:
 * in an effect, not while it is drawn.
 */
export function chartColours(scheme: 'light' | 'dark'): ChartColours {
  const colours = known.get(scheme) ?? readColours();
  known.set(scheme, colours);
  return colours;
}

function readColours(): ChartColours {
  const probe = document.createElement('span');
  // Where motion is reduced, every change of a colour is a (very short) transition: it would still be the old one.
  probe.style.setProperty('transition', 'none', 'important');
  document.body.append(probe);
  const colours = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => {
      probe.style.color = `var(${variable})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colours as unknown as ChartColours;
}
