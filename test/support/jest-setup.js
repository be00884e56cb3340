/** Once, before any test: what a test loads must not report to its maker (see src/config/library-telemetry.ts). */
export default function setup() {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
