import type { BrokerKind, Instance } from '@weir/contract'
import type { AnySource } from '@weir/drivers'
import type { Finding } from '../store/attention-book.ts'
import { type PartContext, partOf } from '../views/part-of.ts'
import { primarySource, summarize, summaryHistoryKey } from '../views/summary.ts'
import type { Part } from '../views/view-definition.ts'
import { brokerFindings } from './rules-broker.ts'
import { kafkaFindings } from './rules-kafka.ts'
import { mqttFindings } from './rules-mqtt.ts'
import { rabbitmqFindings } from './rules-rabbitmq.ts'

/** An instance is looked at no more often than this. */
const LOOK_MS = 1_000

const findingsOf: Readonly<Record<BrokerKind, (part: Part) => Finding[]>> = {
  rabbitmq: rabbitmqFindings,
  kafka: kafkaFindings,
  mqtt: mqttFindings,
}

/**
 * Looks at every instance as its readings come, watched or not: keeps its backlog's history and what is wrong with
 * it. Start it before the hub, so that a stream finds both when it projects.
 */
export function watchInstances(context: PartContext): () => void {
  const { store, derived, inventory } = context
  const lookedAt = new Map<string, number>()
  const byCluster = Map.groupBy(inventory.instances, (instance) => instance.clusterId)
  const stopListening = store.onChange((clusterId, source) => {
    for (const instance of byCluster.get(clusterId) ?? []) {
      const now = Date.now()
      if (!worthALook(instance, source, lookedAt.get(instance.id) ?? 0, now)) continue
      lookedAt.set(instance.id, now)
      look(partOf(instance, context), now)
    }
  })
  // A broker that is gone tells nothing more: what must hold for a while is looked at again all the same.
  const again = setInterval(() => {
    for (const [clusterId, instances] of byCluster) {
      const unsettled = instances.find(({ id }) => derived.attention.isUnsettled(id))
      if (unsettled) store.touch(clusterId, primarySource(unsettled.kind))
    }
  }, LOOK_MS)
  return () => {
    clearInterval(again)
    stopListening()
  }
}

function worthALook(instance: Instance, source: AnySource, lookedAt: number, now: number): boolean {
  return source === primarySource(instance.kind) || now - lookedAt >= LOOK_MS
}

function look(part: Part, now: number): void {
  const { derived, instance } = part
  const primary = primarySource(instance.kind)
  const reading = part.slot(primary)?.reading
  if (reading)
    derived.backlog.record(summaryHistoryKey(instance.id), summarize(part).backlog, reading.observedAt)
  const broken = brokerFindings(part, primary)
  // What an unreachable broker last said is no news of what is wrong now.
  const findings = broken.length > 0 ? broken : findingsOf[instance.kind](part)
  derived.attention.update(instance, findings, now)
}
