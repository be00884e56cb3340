/** A refusal in the server's own words; `status` 0 means that no answer came at all. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? (status === 0 ? 'The server cannot be reached.' : `The server answered ${status}.`));
    this.status = status;
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** @param run `{ runId, runToken }` */
export const runUrl = ({ runId, runToken }, part = '', query = {}) =>
  `/api/runs/${encodeURIComponent(runId)}${part}?${new URLSearchParams({ ...query, token: runToken })}`;

export async function getJson(url, headers = {}) {
  const response = await fetch(url, { headers, cache: 'no-store' }).catch(() => null);
  const body = parsed((await response?.text().catch(() => '')) ?? '');
  if (response?.ok && body !== null) return body;
  throw new Problem(response?.status ?? 0, body);
}

export function bearer(token) {
  if (/[^!-~]/.test(token)) throw new Problem(401, { detail: 'An admin token has no blanks and no special letters.' });
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/**
 * Sends the images and starts the run. XMLHttpRequest, because fetch does not tell how much of an upload has gone out.
 *
 * @param onSent share of the bytes that have gone out, 0..1
 * @returns `{ runId, runToken }`
 */
export function startRun({ mode, adminToken, form, onSent }) {
  const call = `analyze-${adminToken ? 'admin-' : ''}screenshots${mode === 'parallel' ? '-parallel' : ''}`;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/parser/${call}`);
    const headers = { Prefer: 'respond-async', ...bearer(adminToken) };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status === 202 && body?.runId) resolve(body);
      else reject(new Problem(request.status, body));
    };
    request.onerror = () => reject(new Problem(0, { detail: 'The images could not be sent. Is the server running?' }));
    request.send(form);
  });
}
