/**
 * The nonce that the server gave this page: styles without it are refused. Read from the property, since browsers hide
 * the attribute from scripts.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Libraries that put styles of their own into the page (what keeps a page still behind a dialog) look for it here. */
export function announceStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
