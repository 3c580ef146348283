/** Resolves to null when `signal` aborts; `stop` lets go of the signal, which may outlive who waits. */
export function onceAborted(signal: AbortSignal): { readonly promise: Promise<null>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<null>()
  const onAbort = () => resolve(null)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  return { promise, stop: () => signal.removeEventListener('abort', onAbort) }
}
