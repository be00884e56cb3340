import { bearer, getJson, runUrl, startRun } from './api.js';
import { byId, element, say } from './element.js';
import { Pile } from './pile.js';
import { followRun } from './run-events.js';
import { ShowTable } from './show-table.js';

const LIMITS = { visitor: 20, admin: 500 };
const SPEAK_EVERY_MS = 5_000;
const ADMIN_TOKEN = 'contactsheet.adminToken';
const TITLES = {
  queued: 'Reading',
  running: 'Reading',
  paused: 'Paused',
  completed: 'Done',
  cancelled: 'Cancelled',
  failed: 'Stopped',
};
const TITLE = document.title;

const compose = byId('compose');
const adminField = byId('admin-token');
const pile = new Pile(document.querySelector('#pile ul'), refreshCompose);
const shows = new ShowTable(document.querySelector('#shows tbody'));
let openRun = null;
let stopFollowing = () => {};
let isSending = false;
let spokenAt = 0;

const limit = () => (adminField.value ? LIMITS.admin : LIMITS.visitor);
const images = (count) => `${count} ${count === 1 ? 'image' : 'images'}`;

function tell(text) {
  say(byId('message'), text);
  byId('message').scrollIntoView({ block: 'nearest' });
}

function refreshCompose() {
  const count = pile.files.length;
  byId('pile').hidden = pile.names.length === 0;
  byId('limit').textContent = `At most ${images(limit())} in one go; PNG, JPEG, WebP, GIF, AVIF, TIFF or HEIC.`;
  byId('start').textContent = count > 0 ? `Read ${images(count)}` : 'Read the images';
  byId('start').disabled = count === 0 || isSending;
}

function addFiles(files) {
  if (openRun || isSending) return;
  const { same, beyond } = pile.add(files, limit());
  const words = [];
  if (same > 0) words.push(`${images(same)} of these ${same === 1 ? 'is' : 'are'} in the pile already.`);
  if (beyond > 0)
    words.push(`${images(beyond)} left out: one run takes at most ${limit()}. Send the rest in another run.`);
  tell(words.join(' '));
}

function listenForFiles() {
  byId('files').addEventListener('change', ({ target }) => {
    addFiles(target.files);
    // Else the same file could not be chosen again after it was removed.
    target.value = '';
  });
  document.addEventListener('paste', ({ clipboardData }) => addFiles(clipboardData.files));
  for (const type of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(type, (event) => {
      event.preventDefault();
      byId('drop').classList.toggle('over', type === 'dragover');
    });
  }
  document.addEventListener('drop', ({ dataTransfer }) => {
    // A folder looks like a file, but a request with one in it breaks off.
    const items = [...dataTransfer.items].filter((item) => item.kind === 'file');
    const files = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory).map((item) => item.getAsFile());
    addFiles(files);
    if (files.length < items.length) tell('A folder cannot be dropped: drop the images in it.');
  });
}

async function checkAdminToken() {
  sessionStorage.setItem(ADMIN_TOKEN, adminField.value);
  refreshCompose();
  const note = byId('admin-note');
  note.textContent = 'Raises the limit to 500 images. Kept in this tab only.';
  if (adminField.value === '') return;
  try {
    const { processingMode } = await getJson('/api/admin/settings', bearer(adminField.value));
    compose.elements.mode.value = processingMode;
    note.textContent = 'The token is right: up to 500 images.';
  } catch (problem) {
    note.textContent = problem.message;
  }
}

async function send(event) {
  event.preventDefault();
  const form = new FormData();
  for (const name of ['city', 'state', 'timezone']) form.append(name, compose.elements[name].value.trim());
  for (const { name, file } of pile.files) form.append('screenshots', file, name);
  isSending = true;
  compose.inert = true;
  pile.lock(true);
  tell('');
  const button = byId('start');
  const onSent = (share) => (button.textContent = share < 1 ? `Sending, ${Math.round(share * 100)} %` : 'Starting');
  try {
    onSent(0);
    const run = await startRun({ mode: compose.elements.mode.value, adminToken: adminField.value, form, onSent });
    // The address finds the run again after a reload; the names come back with it, the thumbnails cannot.
    history.pushState({ names: pile.names }, '', `#${new URLSearchParams(run)}`);
    follow(run);
    byId('run-title').focus();
  } catch (problem) {
    pile.lock(false);
    tell(problem.message);
  } finally {
    isSending = false;
    compose.inert = false;
    refreshCompose();
  }
}

function follow(run) {
  openRun = run;
  compose.hidden = true;
  pile.lock(true);
  for (const name of [...pile.names, ...(history.state?.names ?? [])]) pile.mark(name, 'waiting');
  byId('pile').hidden = byId('run').hidden = byId('shows').hidden = false;
  showCount(false);
  stopFollowing = followRun(run, {
    state: showState,
    progress: showProgress,
    image: ({ image, ok, code }) => (ok ? pile.mark(image, 'done') : pile.markFailed(image, code)),
    record(show) {
      shows.put(show);
      showCount(false);
    },
    connection: (isLost) => say(byId('connection'), isLost ? 'The connection is lost. Trying again …' : ''),
    end: showEnd,
    refused(problem) {
      leaveRun();
      tell(problem.message);
    },
  });
}

function leaveRun() {
  stopFollowing();
  openRun = null;
  pile.clear();
  pile.lock(false);
  shows.replace([]);
  byId('notices').replaceChildren();
  byId('run').hidden = byId('shows').hidden = byId('downloads').hidden = true;
  compose.hidden = false;
  document.title = TITLE;
  for (const id of ['message', 'connection']) say(byId(id), '');
  byId('figures').textContent = byId('spoken').textContent = '';
  byId('bar').removeAttribute('value');
  refreshCompose();
}

function showState({ state, notices, progress }) {
  byId('run-title').textContent = TITLES[state];
  byId('notices').replaceChildren(...notices.map((notice) => element('li', {}, notice)));
  showProgress(progress);
}

function timeLeft(ms) {
  if (ms < 1_000) return '';
  const seconds = Math.ceil(ms / 1_000);
  return `, about ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
}

function showProgress({ totalImages, processedImages, failedImages, estimatedTimeRemaining }) {
  byId('bar').max = totalImages;
  byId('bar').value = processedImages;
  const failed = failedImages > 0 ? `, ${failedImages} failed` : '';
  const words = `${processedImages} of ${images(totalImages)} done${failed}${timeLeft(estimatedTimeRemaining)}`;
  byId('figures').textContent = words;
  document.title = `${processedImages}/${totalImages} · ${TITLE}`;
  if (Date.now() - spokenAt > SPEAK_EVERY_MS) speak(words);
}

/** A screen reader that had to say every image would never end. */
function speak(words) {
  spokenAt = Date.now();
  byId('spoken').textContent = words;
}

function showCount(isEnd) {
  byId('shows-title').textContent = shows.size > 0 ? `Shows (${shows.size})` : 'Shows';
  document.querySelector('#shows table').hidden = shows.size === 0;
  const none = isEnd ? 'No show was found in these images.' : 'None yet.';
  say(byId('no-shows'), shows.size === 0 ? none : '');
}

function showEnd(result) {
  const { state, progress, failures, metrics, model } = result;
  shows.replace(result.shows);
  showCount(true);
  showState(result);
  const failed = new Map(failures.map((failure) => [failure.image, failure]));
  for (const name of pile.names) {
    const found = result.shows.filter(({ evidence }) => evidence.some(({ image }) => image === name)).length;
    const words = found > 0 ? `${found} ${found === 1 ? 'show' : 'shows'}` : 'No show in it';
    if (failed.has(name)) pile.markFailed(name, failed.get(name).code, failed.get(name).detail);
    else if (pile.isDone(name) || state === 'completed') pile.mark(name, 'done', words);
  }
  const lost =
    progress.failedImages > 0 ? ` ${images(progress.failedImages)} failed; the reason stands with the image.` : '';
  const pace = metrics.speedup >= 1.1 ? `, ${metrics.speedup.toFixed(1)} times as fast as one by one` : '';
  const read = `${progress.processedImages - progress.failedImages} of ${images(progress.totalImages)} read with ${model}`;
  byId('figures').textContent = `${read} in ${(metrics.wallMs / 1_000).toFixed(1)} s${pace}.${lost}`;
  speak(`${TITLES[state]}. Shows: ${shows.size}.${lost}`);
  for (const link of byId('downloads').querySelectorAll('a')) {
    link.href = runUrl(openRun, '/export', { format: link.dataset.format });
  }
  byId('downloads').hidden = false;
}

/** The address says what is on the page: a run to follow, or none. */
function route() {
  const { runId, runToken } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (runId === openRun?.runId) return;
  leaveRun();
  if (runId && runToken) follow({ runId, runToken });
}

adminField.value = sessionStorage.getItem(ADMIN_TOKEN) ?? '';
compose.elements.timezone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
byId('zones').append(...(Intl.supportedValuesOf?.('timeZone') ?? []).map((value) => element('option', { value })));
compose.addEventListener('submit', (event) => void send(event));
adminField.addEventListener('change', () => void checkAdminToken());
window.addEventListener('hashchange', route);
listenForFiles();
route();
