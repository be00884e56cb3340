import { Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../src/contract/product.ts';
import type { RunImage } from '../../../../src/contract/run-images.ts';
import { ProductRow } from './ProductRow.tsx';
import { matching, sceneImages, withProducts, type Scene, type SceneBox } from './product-scene.ts';
import { ShelfImage } from './ShelfImage.tsx';
import panels from '../parser/Panels.module.css';
import classes from './Products.module.css';

interface ProductsViewProps {
  products: readonly Product[];
  images: readonly RunImage[];
  isOver: boolean;
  /** What stands above the images. */
  children: ReactNode;
}

interface Choice {
  productId: string | null;
  boxKey: string | null;
}
const NO_CHOICE: Choice = { productId: null, boxKey: null };

/** Images with their boxes, and the products in them: choosing one lights up the other. */
export function ProductsView({ products, images, isOver, children }: ProductsViewProps) {
  const { t } = useTranslation('records');
  const [choice, setChoice] = useState(NO_CHOICE);
  const shelves = useRef<HTMLElement>(null);
  const base = useMemo(() => sceneImages(images), [images]);
  const scene = useMemo(() => withProducts(base, products), [base, products]);
  const nameOf = useMemo(
    () => new Map(products.map(({ id, name, brand, category }) => [id, labelOf(name ?? category, brand)])),
    [products],
  );
  const onBox = useCallback(
    (box: SceneBox | null) => setChoice(box ? { productId: box.productId, boxKey: box.key } : NO_CHOICE),
    [],
  );
  const chooseProduct = (productId: string | null) => {
    const box = productId === null ? undefined : scene.boxesOf.get(productId)?.[0];
    setChoice({ productId, boxKey: box?.key ?? null });
    const image = box && scene.imageOf.get(box.key);
    const index = image ? scene.images.indexOf(image) : -1;
    shelves.current?.querySelectorAll('figure')[index]?.scrollIntoView({ block: 'nearest' });
  };
  // What a box became part of while it was chosen: the product that was read from it.
  const productId = (choice.boxKey && scene.boxes.get(choice.boxKey)?.productId) || choice.productId;
  return (
    <div className={classes.columns}>
      <ProductList scene={scene} chosen={productId} isOver={isOver} onChoose={chooseProduct} />
      <Stack gap="lg" className={classes.main}>
        {children}
        <section ref={shelves} aria-label={t('products.images')} className={classes.shelves}>
          {scene.images.map((image) => (
            <ShelfImage
              key={image.key}
              image={image}
              nameOf={nameOf}
              chosenProduct={productId}
              chosenBox={image.boxes.some(({ key }) => key === choice.boxKey) ? choice.boxKey : null}
              onBox={onBox}
            />
          ))}
        </section>
        <Text size="sm" c="dimmed">
          {t('products.hint')}
        </Text>
      </Stack>
    </div>
  );
}

interface ProductListProps {
  scene: Scene;
  chosen: string | null;
  isOver: boolean;
  onChoose: (productId: string | null) => void;
}

function ProductList({ scene, chosen, isOver, onChoose }: ProductListProps) {
  const { t } = useTranslation('records');
  const idOf = useId();
  const [wanted, setWanted] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => matching(scene.products, wanted), [scene.products, wanted]);
  const at = shown.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    const [around, row] = [list.current, list.current?.querySelector<HTMLElement>('[data-chosen]')];
    if (!around || !row) return;
    // The list alone is scrolled: the window stays at the image that was pressed.
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    if (top < around.scrollTop) around.scrollTop = top;
    else if (bottom > around.scrollTop + around.clientHeight) around.scrollTop = bottom - around.clientHeight;
  }, [chosen]);
  const go = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === 'Escape') onChoose(null);
    else if (to === undefined) return;
    else onChoose(shown[Math.min(Math.max(to, 0), shown.length - 1)]?.id ?? null);
    event.preventDefault();
  };
  return (
    <Paper component="section" className={`${panels.panel} ${classes.list}`} aria-labelledby={`${idOf}-title`}>
      <Group justify="space-between">
        <Title order={2} size="h4" id={`${idOf}-title`}>
          {t('products.title')}
        </Title>
        <Text fw={650} data-figure="products">
          {scene.products.length}
        </Text>
      </Group>
      {scene.products.length === 0 ? (
        <Text size="sm" c="dimmed">
          {isOver ? t('products.none') : t('products.soon')}
        </Text>
      ) : (
        <>
          <TextInput
            aria-label={t('products.filter')}
            placeholder={t('products.filter')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          {shown.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('products.noMatch')}
            </Text>
          ) : (
            <div
              ref={list}
              className={classes.products}
              role="listbox"
              aria-labelledby={`${idOf}-title`}
              aria-activedescendant={at < 0 ? undefined : `${idOf}-${at}`}
              tabIndex={0}
              onKeyDown={go}
            >
              {shown.map((product, index) => {
                const box = scene.boxesOf.get(product.id)?.[0];
                return (
                  <ProductRow
                    key={product.id}
                    id={`${idOf}-${index}`}
                    product={product}
                    box={box}
                    image={box && scene.imageOf.get(box.key)}
                    isChosen={product.id === chosen}
                    onChoose={(id) => onChoose(id === chosen ? null : id)}
                  />
                );
              })}
            </div>
          )}
        </>
      )}
    </Paper>
  );
}

function labelOf(name: string | null, brand: string | null): string {
  return [name, brand].filter((word) => word !== null).join(', ');
}
