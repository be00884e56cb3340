import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { registerMediabunnyServer } from '@mediabunny/server';
import { FilePathTarget, Mp4OutputFormat, Output, VideoSample, VideoSampleSource } from 'mediabunny';
import { blank, blurred, bowl, HEIGHT, list, pan, plate, title, WIDTH, type Draw } from './cooking-scenes.ts';
import { loadFonts } from './fonts.ts';
import { Sheet } from './paint.ts';

/** Draws `samples/videos/pancakes.mp4` and writes down what is in it: `node samples/make-video.ts`. */

const FRAMES_PER_SECOND = 12;
const BITS_PER_SECOND = 90_000;
const KEY_FRAME_EVERY_SECONDS = 5;

interface Scene {
  id: string;
  seconds: number;
  /** `repeat`: the same pictures as another scene; `blank` and `blur` tell nothing. */
  kind: 'scene' | 'repeat' | 'blank' | 'blur';
  /** What is written in it. */
  captions: string[];
  draw: Draw;
}

const INGREDIENTS = [
  { amount: '2', unit: 'cups', name: 'flour' },
  { amount: '2', unit: 'tbsp', name: 'sugar' },
  { amount: '1', unit: 'tbsp', name: 'baking powder' },
  { amount: '1/2', unit: 'tsp', name: 'salt' },
  { amount: '1 1/2', unit: 'cups', name: 'buttermilk' },
  { amount: '2', unit: null, name: 'eggs' },
  { amount: '1', unit: 'tbsp', name: 'butter' },
];
const LINES = INGREDIENTS.map(({ amount, unit, name }) =>
  [amount, unit, name].filter((part) => part !== null).join(' '),
);
const NAME = 'Buttermilk Pancakes';
const BELOW = 'Serves 4 · 25 minutes';
const WHISK = 'Whisk flour, sugar, baking powder and salt';
const ADD = 'Add 1 1/2 cups buttermilk and 2 eggs';
const MELT = 'Melt 1 tbsp butter over medium heat';
const FRY = 'Fry 2 minutes, flip when bubbles form';
const SERVE = 'Serve warm with maple syrup';

const dry = bowl(WHISK, '#f4efe2');
const wet = bowl(ADD, '#f1dfa6');
const butter = pan(MELT, 'butter');
const pancakes = pan(FRY, 'pancakes');

const SCENES: Scene[] = [
  { id: 'title', seconds: 3, kind: 'scene', captions: [NAME, BELOW], draw: title(NAME, BELOW) },
  { id: 'ingredients', seconds: 4, kind: 'scene', captions: LINES, draw: list('Ingredients', LINES) },
  { id: 'whisk', seconds: 4, kind: 'scene', captions: [WHISK], draw: dry },
  { id: 'add', seconds: 4, kind: 'scene', captions: [ADD], draw: wet },
  { id: 'black', seconds: 1.5, kind: 'blank', captions: [], draw: blank },
  { id: 'melt', seconds: 4, kind: 'scene', captions: [MELT], draw: butter },
  { id: 'transition', seconds: 1, kind: 'blur', captions: [], draw: blurred(butter, pancakes, 1) },
  { id: 'fry', seconds: 4.5, kind: 'scene', captions: [FRY], draw: pancakes },
  { id: 'again', seconds: 2, kind: 'repeat', captions: [ADD], draw: wet },
  { id: 'serve', seconds: 4, kind: 'scene', captions: [SERVE], draw: plate(SERVE) },
];

async function make(): Promise<void> {
  loadFonts();
  registerMediabunnyServer({ hardwareContext: null });
  const path = fileURLToPath(new URL('./videos/pancakes.mp4', import.meta.url));
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: 'in-memory' }),
    target: new FilePathTarget(path),
  });
  const video = new VideoSampleSource({
    codec: 'avc',
    bitrate: BITS_PER_SECOND,
    keyFrameInterval: KEY_FRAME_EVERY_SECONDS,
    hardwareAcceleration: 'prefer-software',
  });
  output.addVideoTrack(video, { frameRate: FRAMES_PER_SECOND });
  await output.start();
  let frame = 0;
  for (const scene of SCENES) {
    for (let at = 0; at < scene.seconds * FRAMES_PER_SECOND; at += 1, frame += 1) {
      await addPicture(video, scene.draw, at / FRAMES_PER_SECOND, frame / FRAMES_PER_SECOND);
    }
  }
  await output.finalize();
  await writeFile(path.replace(/mp4$/, 'json'), `${JSON.stringify(truth(), null, 2)}\n`);
}

async function addPicture(video: VideoSampleSource, draw: Draw, seconds: number, timestamp: number): Promise<void> {
  const sheet = new Sheet(WIDTH, HEIGHT, '#000000');
  draw(sheet, seconds);
  const { data } = sheet.ctx.getImageData(0, 0, WIDTH, HEIGHT);
  using sample = new VideoSample(data, {
    format: 'RGBX',
    codedWidth: WIDTH,
    codedHeight: HEIGHT,
    timestamp,
    duration: 1 / FRAMES_PER_SECOND,
  });
  await video.add(sample);
}

function truth(): unknown {
  let fromMs = 0;
  const scenes = SCENES.map(({ id, kind, captions, seconds }) => {
    const scene = { id, kind, fromMs, toMs: fromMs + seconds * 1_000, captions };
    fromMs = scene.toMs;
    return scene;
  });
  const steps = scenes
    .filter(({ id, kind }) => kind === 'scene' && !['title', 'ingredients'].includes(id))
    .map((scene) => ({ text: scene.captions[0], atMs: scene.fromMs }));
  const recipe = { title: NAME, servings: 4, totalMinutes: 25, ingredients: INGREDIENTS, steps };
  return { file: 'pancakes.mp4', width: WIDTH, height: HEIGHT, durationMs: fromMs, scenes, recipe };
}

// The library writes into a file when it was made; the same file is to come out each time.
Date.now = () => Date.UTC(2025, 7, 11);
await make();
