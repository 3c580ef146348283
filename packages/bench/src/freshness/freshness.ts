import { startKafka, startMosquitto, startRabbitmq } from '@weir/devstack'
import type { Bench, BenchContext, Findings } from '../bench.ts'
import { launchBrowser } from '../observers/browser.ts'
import { ownBroker } from '../own-broker.ts'
import { mosquittoVersion, otherVersions, rabbitmqVersion } from '../versions.ts'
import { kafkaEntry, mqttEntry, rabbitmqEntry, startWeir } from '../weir-stack.ts'
import { freshnessTable } from './freshness-table.ts'
import { kafkaFreshness } from './kafka-freshness.ts'
import { mqttFreshness } from './mqtt-freshness.ts'
import { rabbitmqFreshness } from './rabbitmq-freshness.ts'
import type { Setting } from './setting.ts'

/** What is kept for Kafka, whose rounds come last: its tool would slow the others down. */
const KAFKA_MS = 40_000
/** The slowest column of the last round. */
const TAIL_MS = 15_000

export const freshness: Bench = {
  name: 'freshness',
  title: 'Freshness',
  options: ['rounds'],
  async run(context): Promise<Findings> {
    const setting = await makeSetting(context)
    const until = (keepMs: number) => () => context.msLeft() - keepMs
    const [queues, clients] = await Promise.all([
      rabbitmqFreshness(setting, until(KAFKA_MS + TAIL_MS)),
      mqttFreshness(setting, until(KAFKA_MS)),
    ])
    const groups = await kafkaFreshness(setting, until(TAIL_MS))
    const series = [...queues, groups.series, ...clients]
    const { browser, rabbitmq, mosquitto } = setting
    return {
      versions: {
        ...{ RabbitMQ: await rabbitmqVersion(rabbitmq), Mosquitto: await mosquittoVersion(mosquitto) },
        ...otherVersions(browser),
      },
      method,
      tables: [freshnessTable(series, notes(groups.withoutTool, browser === null))],
      samples: series,
    }
  },
}

async function makeSetting(context: BenchContext): Promise<Setting> {
  const [rabbitmq, kafka, mosquitto] = await Promise.all([
    ownBroker(context, 'RabbitMQ', startRabbitmq),
    ownBroker(context, 'Kafka', startKafka),
    ownBroker(context, 'Mosquitto', startMosquitto),
  ])
  const weir = await startWeir(context, [rabbitmqEntry(rabbitmq), kafkaEntry(kafka), mqttEntry(mosquitto)])
  const browser = await launchBrowser(context)
  const stopping = new AbortController()
  context.resources.defer(() => stopping.abort())
  return { context, rabbitmq, kafka, mosquitto, weir, browser, stopped: stopping.signal }
}

const method = [
  'The clock starts at the broker’s own word: RabbitMQ’s publisher confirm of the last message (or its delivery of the last one taken), Kafka’s acknowledgement with acks −1, the last CONNACK; for clients that vanish, when their sockets were cut.',
  'Publishers and consumers are amqplib, kafkajs and mqtt.js. Each change comes at a random moment between two ticks, once Weir has shown the one before.',
  'Socket: when the frame with the new figure had come in at a WebSocket client. Painted: when Chromium had drawn the cell (a MutationObserver, then the frame’s end), the rows filtered to the bench’s own.',
  'Depths rise (and lag grows) round by round and then fall, so that a column that is rounds behind still sees each step pass.',
  'Three queue types at the same time, with MQTT beside them; then Kafka, alone with its command-line tool, which takes most of a core while it loops.',
]

function notes(withoutTool: string | null, isBlind: boolean): string[] {
  return [
    '“n of m” rounds: seen within 15 s in so many; the figures are of those. 0 ms: seen before the broker’s word had come.',
    ...(withoutTool === null ? [] : [withoutTool]),
    ...(isBlind ? ['Chromium isn’t there: nothing was painted.'] : []),
  ]
}
