import type { Grounding } from './grounding.ts';
import type { FailoverReader } from './failover-reader.ts';
import type { RemoteReader } from './remote-reader.ts';
import type { UnitReader } from './run-dispatch.ts';

/** Asks a service about units, or the second one, and holds the answers against the print where that is wanted. */
export function serviceReader(
  alone: RemoteReader,
  both: FailoverReader | null,
  grounding: Grounding | null,
): UnitReader {
  return {
    prepare: (units, signal) => (both ?? alone).prepare(units, signal),
    call(unit, prepared, terms, signal) {
      grounding?.begin(unit);
      return both ? both.call(unit, prepared, terms, signal) : alone.call(prepared, terms, signal);
    },
    ...(grounding ? { finish: (unit, value, signal) => grounding.finish(unit, value, signal) } : {}),
  };
}
