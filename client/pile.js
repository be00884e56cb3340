import { element } from './element.js';

/** Words for a failure while the run goes on; the server's own detail takes their place when it has ended. */
const REASONS = {
  'image.unreadable': 'This file is not an image that can be read.',
  'image.tooLarge': 'This image is too large.',
  'image.timeout': 'Reading this image took too long.',
  'worker.crashed': 'The reader broke down on this image.',
  'run.cancelled': 'The run was cancelled before this image.',
};
const MAX_NAME_CHARACTERS = 100;

/** The images as tiles: chosen ones with a thumbnail, those of a run found again by name only. */
export class Pile {
  #list;
  #onChange;
  #tiles = new Map();

  constructor(list, onChange) {
    this.#list = list;
    this.#onChange = onChange;
  }

  get names() {
    return [...this.#tiles.keys()];
  }

  get files() {
    return [...this.#tiles].flatMap(([name, { file }]) => (file ? [{ name, file }] : []));
  }

  /** @returns how many were left out because they are in the pile already or go beyond the limit */
  add(files, limit) {
    const leftOut = { same: 0, beyond: 0 };
    for (const file of files) {
      if (this.files.some((each) => isSameFile(each.file, file))) leftOut.same += 1;
      else if (this.#tiles.size >= limit) leftOut.beyond += 1;
      else this.#append(this.#freeName(file.name), file);
    }
    this.#onChange();
    return leftOut;
  }

  /** Shows how an image of the run is; one that this page has not seen gets a tile without a thumbnail. */
  mark(name, state, reason = '') {
    const tile = this.#tiles.get(name) ?? this.#append(name, null);
    tile.item.dataset.state = state;
    tile.state.textContent = reason || { waiting: 'Waiting', done: 'Done', failed: 'Failed' }[state];
  }

  markFailed(name, code, detail) {
    this.mark(name, 'failed', detail ?? REASONS[code] ?? `It could not be read (${code}).`);
  }

  isDone(name) {
    return this.#tiles.get(name)?.item.dataset.state === 'done';
  }

  /** A pile that was sent cannot be changed. */
  lock(isLocked) {
    this.#list.classList.toggle('locked', isLocked);
  }

  clear() {
    for (const name of this.names) this.#remove(name);
  }

  #append(name, file) {
    const picture = file ? thumbnail(file) : null;
    const state = element('small', { className: 'state' });
    const remove = element('button', { type: 'button', textContent: '×', ariaLabel: `Remove ${name}` });
    const label = element('span', { className: 'name', title: name }, name);
    const item = element('li', {}, picture, label, state, remove);
    remove.addEventListener('click', () => {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      this.#remove(name);
      // Else the keyboard's place would be lost with the button.
      next?.querySelector('button').focus();
      this.#onChange();
    });
    const tile = { file, item, state, url: picture?.src };
    this.#tiles.set(name, tile);
    this.#list.append(item);
    return tile;
  }

  #remove(name) {
    const { item, url } = this.#tiles.get(name);
    if (url) URL.revokeObjectURL(url);
    item.remove();
    this.#tiles.delete(name);
  }

  /** The run's events tell images apart by name, and every pasted screenshot is called `image.png`. */
  #freeName(given) {
    const clean = given
      .normalize('NFC')
      .replace(/["%/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_')
      .trim();
    const [, stem, extension] = /^(.*?)(\.\w{1,8})?$/u.exec(clean || 'image');
    const short = Array.from(stem).slice(0, MAX_NAME_CHARACTERS).join('');
    for (let copy = 1; ; copy += 1) {
      const name = `${short}${copy > 1 ? ` (${copy})` : ''}${extension ?? ''}`;
      if (!this.#tiles.has(name)) return name;
    }
  }
}

function isSameFile(a, b) {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

function thumbnail(file) {
  const image = element('img', { src: URL.createObjectURL(file), alt: '', loading: 'lazy', decoding: 'async' });
  // Not every format that the server reads is one that the browser can show.
  image.addEventListener('error', () => image.remove());
  return image;
}
