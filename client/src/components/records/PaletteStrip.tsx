import { useTranslation } from 'react-i18next';
import type { Swatch } from '../../../../src/contract/style.ts';
import { useFormat } from '../format.ts';
import { colourWords } from './style-words.ts';
import classes from './Styles.module.css';

interface PaletteStripProps {
  palette: readonly Swatch[];
  isLarge?: boolean;
}

/** Colours as wide as their shares, with their names below. */
export function PaletteStrip({ palette, isLarge = false }: PaletteStripProps) {
  const { t } = useTranslation('records');
  const format = useFormat();
  if (palette.length === 0) return null;
  return (
    <div className={classes.palette} data-large={isLarge || undefined}>
      <div className={classes.strip} aria-hidden>
        {palette.map(({ hex, share }) => (
          <span key={hex} style={{ flexGrow: share, background: hex }} title={hex} />
        ))}
      </div>
      <ul aria-label={t('styles.palette')}>
        {palette.map(({ hex, name, share }) => (
          <li key={hex}>
            <span className={classes.dot} style={{ background: hex }} aria-hidden />
            <span lang="en">{colourWords(name)}</span> <b>{format.share(share)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
