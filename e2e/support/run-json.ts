import { readFileSync } from 'node:fs'

export interface KafkaConnect {
  readonly bootstrap: readonly string[]
  readonly sasl: {
    readonly mechanism: 'scram-sha-512'
    readonly username: string
    readonly password: string
  }
}

interface Connects {
  readonly rabbitmq: { readonly amqp: string }
  readonly kafka: KafkaConnect
  readonly mqtt: { readonly url: string }
}

interface RunInstance<K extends keyof Connects = keyof Connects> {
  readonly id: string
  readonly tenantId: string | null
  readonly kind: K
  readonly name: string
  readonly scope: Record<string, unknown>
  readonly connect: Connects[K]
}

export interface RunJson {
  readonly url: string
  readonly brokers: {
    readonly rabbitmq: { readonly amqp: string; readonly management: string; readonly prometheus: string }
    readonly kafka: KafkaConnect
    readonly mqtt: { readonly url: string }
  }
  readonly tenants: readonly { readonly id: string; readonly slug: string; readonly name: string }[]
  readonly instances: readonly RunInstance[]
}

/** Where the running demonstration is, as it says itself. */
export function runJson(): RunJson {
  const file = process.env.WEIR_RUN_JSON ?? '.weir/run.json'
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** A tenant's instance of a kind, or (slug null) the whole cluster. Throws where there is none. */
export function instanceOf<K extends keyof Connects>(
  run: RunJson,
  slug: string | null,
  kind: K,
): RunInstance<K> {
  const tenantId = slug === null ? null : run.tenants.find((tenant) => tenant.slug === slug)?.id
  const found = run.instances.find((each) => each.tenantId === tenantId && each.kind === kind)
  if (!found) throw new Error(`the demonstration has no ${kind} of ${slug ?? 'its own'}`)
  return found as RunInstance<K>
}
