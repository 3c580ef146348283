import { z } from 'zod'
import type { Capabilities } from '../driver.ts'
import { BrokerError } from '../errors.ts'
import type { Asking } from './asking.ts'
import { type BrokerFacts, seesCluster } from './broker-facts.ts'
import type { Links } from './links.ts'
import { managementPath } from './management-path.ts'

type Feature = Capabilities['features'][string]

const AVAILABLE: Feature = { available: true }
const EVENT_EXCHANGE = ['exchanges', '/', 'amq.rabbitmq.event']

/**
 * `statistics` (rates and consumers), `passiveDeclare`, `prometheus`, `eventExchange`, `nodes`, `connections`, and the
 * rights that our user's tags carry: `policies`, `administration`; plugins by their own names.
 * Throws: any BrokerError.
 */
export async function readCapabilities(links: Links, signal: AbortSignal): Promise<Capabilities> {
  const asking: Asking = { signal, requests: 0 }
  const facts = await links.facts.readAnew(asking)
  const { statistics, tags } = facts
  const cluster = feature(seesCluster(facts), 'the user has neither the tag monitoring nor administrator')
  const [prometheus, eventExchange, plugins] = await Promise.all([
    prometheusFeature(links, asking),
    eventExchangeFeature(links, asking),
    readPlugins(links, facts, asking),
  ])
  return {
    version: facts.version,
    features: {
      statistics: feature(statistics, 'the broker keeps no statistics'),
      passiveDeclare: feature(links.amqp.available, 'no AMQP endpoint is configured'),
      prometheus,
      eventExchange,
      nodes: cluster,
      connections: cluster,
      policies: feature(
        tags.has('policymaker') || tags.has('administrator'),
        'the user has neither the tag policymaker nor administrator',
      ),
      administration: feature(tags.has('administrator'), 'the user lacks the tag administrator'),
      ...Object.fromEntries(plugins.map((name) => [name, AVAILABLE])),
    },
  }
}

function feature(available: boolean, reason: string): Feature {
  return available ? AVAILABLE : { available, reason }
}

async function prometheusFeature(links: Links, asking: Asking): Promise<Feature> {
  if (links.prometheus.length === 0) return feature(false, 'no Prometheus endpoint is configured')
  // Without a family the answer is empty.
  return works(
    'the Prometheus endpoint',
    Promise.all(links.prometheus.map((node) => node.text(asking, '/metrics/detailed'))),
  )
}

function eventExchangeFeature(links: Links, asking: Asking): Promise<Feature> {
  return works('amq.rabbitmq.event', links.client.get(asking, managementPath(EVENT_EXCHANGE), z.unknown()))
}

async function works(what: string, attempt: Promise<unknown>): Promise<Feature> {
  try {
    await attempt
    return AVAILABLE
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error
    return feature(false, `${what} cannot be read (${error.code})`)
  }
}

const Node = z.object({ enabled_plugins: z.array(z.string()).optional() })

/** `rabbitmq_shovel`, `rabbitmq_stream` …; none where our user may not see nodes. */
async function readPlugins(links: Links, facts: BrokerFacts, asking: Asking): Promise<readonly string[]> {
  if (!seesCluster(facts)) return []
  const path = managementPath(['nodes'], { columns: ['name', 'enabled_plugins'] })
  const nodes = await links.client.get(asking, path, z.array(Node))
  return [...new Set(nodes.flatMap((node) => node.enabled_plugins ?? []))]
}
