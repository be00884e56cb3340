/**
 * Keeps libraries from reporting to their makers: onnxruntime sends usage events to Microsoft unless it is told not to,
 * and this program promises that nothing leaves the machine when it reads text by itself. Must be called on the main
 * thread before a thread is started: only there is the environment that native code sees changed.
 */
export function refuseLibraryTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
