/** A time in a video as people say it: `1:05` or `1:02:05`; what is begun of a second does not count. */
export function clockTime(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
