/** A thread that hangs on one path, as a decoder without a clock would, and answers for all others. */
export default function work({ path }: { path: string }): unknown {
  if (path === 'hangs') for (;;) Math.sqrt(2);
  return { ok: true, look: { width: 1, height: 1, fingerprint: null } };
}
