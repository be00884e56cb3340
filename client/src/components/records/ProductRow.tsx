import { Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../src/contract/product.ts';
import { useFormat } from '../format.ts';
import { seenIn, type SceneBox, type SceneImage } from './product-scene.ts';
import { thumbnailOf } from './thumbnail-widths.ts';
import classes from './Products.module.css';

interface ProductRowProps {
  id: string;
  product: Product;
  /** Its first place; undefined where nobody said where it is. */
  box: SceneBox | undefined;
  image: SceneImage | undefined;
  isChosen: boolean;
  onChoose: (productId: string) => void;
}

/** One product of the list; the chosen one shows all that is known of it. */
export const ProductRow = memo(function ProductRow({ id, product, box, image, isChosen, onChoose }: ProductRowProps) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { name, brand, category, price, confidence, places } = product;
  return (
    // The list around it has the keys, as lists do.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className={classes.product}
      data-chosen={isChosen || undefined}
      data-product={product.id}
      onClick={() => onChoose(product.id)}
    >
      <Cutout box={box} image={image} />
      <div className={classes.words}>
        <Text fw={650} lh={1.3} lineClamp={isChosen ? undefined : 1}>
          {name ?? category ?? t('products.unnamed')}
        </Text>
        <Text size="sm" c="dimmed" lineClamp={isChosen ? undefined : 1}>
          {[brand, category].filter((word) => word !== null).join(' · ') || '–'}
        </Text>
        <div className={classes.measure}>
          <span className={classes.bar} aria-hidden>
            <span style={{ width: `${confidence * 100}%` }} />
          </span>
          <Text size="xs" c="dimmed">
            {t('products.sure', { share: format.share(confidence) })} · {t('products.places', { count: places.length })}
          </Text>
        </div>
        {isChosen && <Details product={product} />}
      </div>
      <Text className={classes.price} fw={price === null ? 400 : 650} c={price === null ? 'dimmed' : undefined}>
        {price?.text ?? t('products.noPrice')}
      </Text>
    </div>
  );
});

/** The part of the picture that shows it: the same picture as on the page, cut by the box. */
function Cutout({ box, image }: { box: SceneBox | undefined; image: SceneImage | undefined }) {
  if (!box || !image || image.thumbnailUrl === null) return <span className={classes.cutout} />;
  const [width, height] = [image.width ?? 1, image.height ?? 1];
  const [x, y, wide, high] = box.box;
  return (
    <svg
      className={classes.cutout}
      viewBox={`${x * width} ${y * height} ${wide * width} ${high * height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden
    >
      <image href={thumbnailOf(image.thumbnailUrl, 1280)} width={width} height={height} preserveAspectRatio="none" />
    </svg>
  );
}

function Details({ product: { colours, materials, text, conflicts, places } }: { product: Product }) {
  const { t } = useTranslation('records');
  const rows: [label: string, value: string][] = [
    [t('products.colours'), colours.join(', ')],
    [t('products.materials'), materials.join(', ')],
    [t('products.text'), text ?? ''],
    ...conflicts.map(({ field, values }): [string, string] => [
      field === 'price' ? t('products.conflict.price') : t('products.conflict.category'),
      values.map(({ value, places: count }) => `${value} (${count})`).join(', '),
    ]),
    [
      t('products.seenIn'),
      seenIn(places)
        .map(({ name, count }) => (count === 1 ? name : `${name} (${count})`))
        .join(', '),
    ],
  ];
  return (
    <div className={classes.details}>
      {rows.map(([label, value]) =>
        value === '' ? null : (
          <div key={label}>
            <b>{label}</b> {value}
          </div>
        ),
      )}
    </div>
  );
}
