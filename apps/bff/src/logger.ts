import { type Logger, pino } from 'pino'

/** Names whose values never reach a log line, wherever they stand in what is logged. */
const secretNames = ['password', 'secret', 'token', 'authorization', 'cookie', 'credentials']

/** Where redaction looks; its test holds one line per place. */
export const redactPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = { level, base: null, redact: { paths: redactPaths, censor: '[hidden]' } }
  return destination ? pino(options, destination) : pino(options)
}

/** One child per area. */
export function areaLoggers(root: Logger) {
  return {
    main: root.child({ area: 'main' }),
    collector: root.child({ area: 'collector' }),
    live: root.child({ area: 'live' }),
    http: root.child({ area: 'http' }),
    access: root.child({ area: 'access' }),
  }
}
export type AreaLoggers = ReturnType<typeof areaLoggers>
