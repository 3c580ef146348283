import { resolve } from 'node:path'
import { z } from 'zod'
import { ConfigError, problemsOf } from './problems.ts'

/** Names under which a browser on this machine reaches us. */
export const loopbackHosts = ['127.0.0.1', 'localhost', '::1'] as const

const Environment = z.object({
  /** Where the store and the key live; made if absent. */
  WEIR_DATA_DIR: z.string().min(1).default('data'),
  /** Until sign-in exists, everyone who can connect is an operator: so only loopback. */
  WEIR_HOST: z
    .enum(loopbackHosts, {
      error: `must be one of ${loopbackHosts.join(', ')}: there is no sign-in yet, so Weir serves this machine alone`,
    })
    .default('127.0.0.1'),
  WEIR_PORT: z.coerce.number().int().min(0).max(65535).default(8420),
  /** The built page. */
  WEIR_STATIC_DIR: z
    .string()
    .min(1)
    .default(resolve(import.meta.dirname, '../../../web/dist')),
  WEIR_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

export interface Environment {
  readonly dataDir: string
  readonly host: string
  readonly port: number
  readonly staticDir: string
  readonly logLevel: string
}

/** Throws: ConfigError with every bad variable. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error, 'environment'))
  const value = parsed.data
  return {
    dataDir: resolve(value.WEIR_DATA_DIR),
    host: value.WEIR_HOST,
    port: value.WEIR_PORT,
    staticDir: resolve(value.WEIR_STATIC_DIR),
    logLevel: value.WEIR_LOG_LEVEL,
  }
}

/** Where the declaration of clusters, tenants and instances is: known even where other variables are wrong. */
export function configFile(env: NodeJS.ProcessEnv): string {
  return resolve(env.WEIR_CONFIG || 'weir.yaml')
}
