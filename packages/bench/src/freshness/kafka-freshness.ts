import { createTopicsWithLeaders, type KafkaBroker } from '@weir/devstack'
import { Kafka, logLevel } from 'kafkajs'
import { commitStarts } from '../commit-starts.ts'
import { watchPage } from '../observers/browser.ts'
import { consumerGroupsTool } from '../observers/consumer-groups-tool.ts'
import { LiveSocket } from '../observers/live-socket.ts'
import { LiveTable, seeFigures } from '../observers/live-table.ts'
import { Sightings } from '../observers/sightings.ts'
import type { ChangeSeries } from './freshness-table.ts'
import { type Lookout, measureChange, measureRounds } from './measure-change.ts'
import { beside, type Setting, seenBy } from './setting.ts'

const RECORDS = 1_000
const PARTITIONS = 3
const topic = 'bench-lag'
const groupId = 'bench-behind'
const SHOWN_WITHIN_MS = 20_000

export interface KafkaFindings {
  readonly series: ChangeSeries
  /** Why the tool's column is missing; null where it isn't. */
  readonly withoutTool: string | null
}

/** A group that nobody reads with falls 1,000 records behind each round. */
export async function kafkaFreshness(setting: Setting, msLeft: () => number): Promise<KafkaFindings> {
  const { context, kafka, stopped } = setting
  const client = new Kafka({
    brokers: kafka.bootstrap,
    sasl: { ...kafka.sasl },
    logLevel: logLevel.NOTHING,
  })
  await prepare(kafka, client)
  const producer = client.producer()
  await producer.connect()
  context.resources.defer(() => producer.disconnect())
  const messages = Array.from({ length: RECORDS }, (_, n) => ({ value: `${n}`, partition: n % PARTITIONS }))

  const columns = await observe(setting)
  for (const { name, sightings } of columns) {
    await sightings.until(`no lag in ${name}`, groupId, (lag) => lag === 0, SHOWN_WITHIN_MS)
  }
  const byTool = new Sightings()
  const tool = await consumerGroupsTool(kafka, context.dir, context.report).catch((error: Error) => error)
  const watchers = tool instanceof Error ? [] : [tool.loop(byTool, stopped)]
  const lookouts = (isThere: (lag: number) => boolean): Lookout[] => [
    ...columns.map((column) => ({ ...column, key: groupId, isThere, isWaitedFor: true })),
    ...(tool instanceof Error
      ? []
      : [
          {
            name: 'kafka-consumer-groups in a loop',
            sightings: byTool,
            key: groupId,
            isThere,
            isWaitedFor: false,
          },
        ]),
  ]
  context.report(`Kafka: a group falls behind, ${context.rounds} rounds`)
  const measured = measureRounds({ rounds: context.rounds, msLeft }, (round) =>
    measureChange(
      lookouts((lag) => lag >= round * RECORDS),
      () => producer.send({ topic, acks: -1, messages }),
    ),
  )
  const rounds = await beside(measured, watchers)
  return {
    series: { change: `group lag, +${RECORDS}`, rounds },
    withoutTool:
      tool instanceof Error ? `kafka-consumer-groups isn’t at hand: ${tool.message.split('\n')[0]}` : null,
  }
}

async function prepare(broker: KafkaBroker, client: Kafka): Promise<void> {
  const admin = client.admin()
  await admin.connect()
  await createTopicsWithLeaders(admin, [{ topic, numPartitions: PARTITIONS }])
  await admin.disconnect()
  await commitStarts(broker, new Map([[groupId, [topic]]]), PARTITIONS)
}

async function observe({ context, weir, browser }: Setting) {
  const instanceId = weir.instanceIds.kafka
  const [bySocket, painted] = [new Sightings(), new Sightings()]
  const socket = await LiveSocket.open(weir.url)
  context.resources.defer(() => socket.close())
  socket.onFrame(seeFigures(new LiveTable(), 'lag', bySocket))
  socket.subscribe('groups', { instanceId }, { type: 'kafka.groups' })
  const columns = [{ name: seenBy.socket as string, sightings: bySocket }]
  if (browser === null) return columns
  await watchPage(browser, `${weir.url}/i/${instanceId}/groups`, 'lag', painted)
  return [...columns, { name: seenBy.painted, sightings: painted }]
}
