/** Settles at the first Ctrl-C, SIGTERM or hang-up. Further ones are swallowed: stopping in order goes on. */
export function untilAskedToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
  })
}
