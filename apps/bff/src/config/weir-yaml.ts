import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { scopeSchemas } from '@weir/contract'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { ConfigError, type Problem, problemsOf } from './problems.ts'

const Slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and "-", starting with a letter or digit')

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
const amqpUrl = z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// or amqps:// address' })
const mqttUrl = z.url({
  protocol: /^(mqtts?|wss?)$/,
  error: 'must be an mqtt://, mqtts://, ws:// or wss:// address',
})
const hostPort = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/, 'must be host:port')

const Tls = z.strictObject({
  caFile: z.string().min(1).optional(),
  certFile: z.string().min(1).optional(),
  keyFile: z.string().min(1).optional(),
  /** The name the broker's certificate must carry, where it isn't the endpoint's host. */
  serverName: z.string().min(1).optional(),
})

const cluster = { slug: Slug, name: z.string().min(1), tls: Tls.optional() }
const login = z.strictObject({ username: z.string().min(1), password: z.string() })

const RabbitmqCluster = z.strictObject({
  ...cluster,
  kind: z.literal('rabbitmq'),
  endpoints: z.strictObject({
    management: z.array(httpUrl).min(1),
    amqp: z.array(amqpUrl).default([]),
    prometheus: z.array(httpUrl).default([]),
  }),
  credentials: login,
})

const KafkaCluster = z.strictObject({
  ...cluster,
  kind: z.literal('kafka'),
  endpoints: z.strictObject({ bootstrap: z.array(hostPort).min(1) }),
  credentials: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string().min(1),
      password: z.string(),
    })
    .optional(),
})

const MqttCluster = z.strictObject({
  ...cluster,
  kind: z.literal('mqtt'),
  endpoints: z.strictObject({ mqtt: z.array(mqttUrl).min(1) }),
  credentials: login.optional(),
})

/** A cluster that is known and not there: its card says why. */
const UnavailableCluster = z.strictObject({
  slug: Slug,
  name: z.string().min(1),
  kind: z.enum(['rabbitmq', 'kafka', 'mqtt']),
  unavailable: z.string().min(1),
})

/** What can be said of an entry of no known kind. */
const AnyCluster = z.looseObject({
  slug: Slug,
  name: z.string().min(1),
  kind: z.enum(['rabbitmq', 'kafka', 'mqtt']),
})

type ClusterEntry = z.infer<
  typeof RabbitmqCluster | typeof KafkaCluster | typeof MqttCluster | typeof UnavailableCluster
>

/** One schema is chosen and its mistakes are told; a plain union would tell those of whichever branch is nearest. */
const ClusterEntry = z.looseObject({}).transform((entry, context): ClusterEntry => {
  const parsed = schemaOf(entry).safeParse(entry)
  // `AnyCluster` never passes: it is chosen where the kind isn't one that it allows.
  if (parsed.success) return parsed.data as ClusterEntry
  for (const { message, path } of parsed.error.issues) {
    context.addIssue({ code: 'custom', message, path })
  }
  return z.NEVER
})

function schemaOf({ kind, unavailable }: Record<string, unknown>): z.ZodType {
  if (unavailable !== undefined) return UnavailableCluster
  if (kind === 'rabbitmq') return RabbitmqCluster
  if (kind === 'kafka') return KafkaCluster
  return kind === 'mqtt' ? MqttCluster : AnyCluster
}

const InstanceEntry = z.strictObject({
  slug: Slug,
  name: z.string().min(1),
  cluster: Slug,
  /** Checked against the cluster's kind below. */
  scope: z.looseObject({}),
})

const WeirYaml = z.strictObject({
  clusters: z.array(ClusterEntry).default([]),
  tenants: z
    .array(
      z.strictObject({ slug: Slug, name: z.string().min(1), instances: z.array(InstanceEntry).default([]) }),
    )
    .default([]),
  /** Whole clusters, for operators. */
  instances: z.array(InstanceEntry).default([]),
})

export type DeclaredCluster = ClusterEntry
export type DeclaredInstance = z.infer<typeof InstanceEntry>
export type Declaration = z.infer<typeof WeirYaml>

/**
 * Reads the declaration. `${NAME}` in any text stands for the environment variable of that name.
 * Throws: ConfigError with every mistake and its path.
 */
export function readWeirYaml(file: string, env: NodeJS.ProcessEnv): Declaration {
  const problems: Problem[] = []
  const raw = substitute(parseYaml(file), env, file, '', problems)
  const parsed = WeirYaml.safeParse(raw ?? {})
  if (!parsed.success) throw new ConfigError([...problems, ...problemsOf(parsed.error, file)])
  problems.push(...inconsistencies(parsed.data, file))
  const declaration = withFiles(parsed.data, file, problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return declaration
}

function parseYaml(file: string): unknown {
  const fault = unreadable(file)
  if (fault) throw new ConfigError([{ path: file, message: fault }])
  const document = parseDocument(readFileSync(file, 'utf8'))
  if (document.errors.length > 0) {
    throw new ConfigError(document.errors.map((error) => ({ path: file, message: error.message })))
  }
  return document.toJS()
}

function substitute(
  value: unknown,
  env: NodeJS.ProcessEnv,
  file: string,
  path: string,
  problems: Problem[],
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
      const found = env[name]
      if (found === undefined) {
        problems.push({ path: `${file}: ${path}`, message: `the environment has no variable ${name}` })
      }
      return found ?? ''
    })
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => substitute(item, env, file, `${path}[${index}]`, problems))
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        substitute(item, env, file, path ? `${path}.${key}` : key, problems),
      ]),
    )
  }
  return value
}

/** What the shapes alone cannot see: names used twice, clusters that aren't declared, scopes of another kind. */
function inconsistencies(declaration: Declaration, file: string): Problem[] {
  const kinds = new Map(declaration.clusters.map((entry) => [entry.slug, entry.kind]))
  const problems = [
    ...repeated(declaration.clusters, `${file}: clusters`),
    ...repeated(declaration.tenants, `${file}: tenants`),
    ...repeated(declaration.instances, `${file}: instances`),
  ]
  const check = (entry: DeclaredInstance, path: string) => {
    const kind = kinds.get(entry.cluster)
    if (kind === undefined) {
      problems.push({ path: `${path}.cluster`, message: `no cluster has the slug "${entry.cluster}"` })
      return
    }
    const scope = scopeSchemas[kind].safeParse(entry.scope)
    if (!scope.success) problems.push(...problemsOf(scope.error, `${path}.scope`))
  }
  for (const [index, entry] of declaration.instances.entries()) check(entry, `${file}: instances[${index}]`)
  for (const [index, tenant] of declaration.tenants.entries()) {
    problems.push(...repeated(tenant.instances, `${file}: tenants[${index}].instances`))
    for (const [at, entry] of tenant.instances.entries()) {
      check(entry, `${file}: tenants[${index}].instances[${at}]`)
    }
  }
  return problems
}

function repeated(entries: readonly { slug: string }[], path: string): Problem[] {
  const seen = new Set<string>()
  return entries.flatMap((entry, index) => {
    if (!seen.has(entry.slug)) {
      seen.add(entry.slug)
      return []
    }
    return [{ path: `${path}[${index}].slug`, message: `"${entry.slug}" stands here twice` }]
  })
}

/** PEM files named in the declaration are looked for beside it, and must be readable. */
function withFiles(declaration: Declaration, file: string, problems: Problem[]): Declaration {
  const clusters = declaration.clusters.map((entry, index) => {
    if (!('tls' in entry) || entry.tls === undefined) return entry
    const tls = { ...entry.tls }
    for (const key of ['caFile', 'certFile', 'keyFile'] as const) {
      const named = tls[key]
      if (named === undefined) continue
      tls[key] = resolve(dirname(file), named)
      const fault = unreadable(tls[key])
      if (fault)
        problems.push({ path: `${file}: clusters[${index}].tls.${key}`, message: `${named} ${fault}` })
    }
    return { ...entry, tls }
  })
  return { ...declaration, clusters }
}

function unreadable(file: string): string | null {
  try {
    readFileSync(file)
    return null
  } catch (cause) {
    return `cannot be read (${(cause as NodeJS.ErrnoException).code})`
  }
}
