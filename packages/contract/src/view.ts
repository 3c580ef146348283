import { z } from 'zod'
import type { BrokerKind } from './scope.ts'
import { KafkaGroupPartitionRow, KafkaGroupRow, KafkaOverview, KafkaTopicRow } from './views/kafka.ts'
import { MqttClientRow, MqttOverview } from './views/mqtt.ts'
import { RabbitmqOverview, RabbitmqQueue, RabbitmqQueueRow } from './views/rabbitmq.ts'
import { AttentionRow, SummaryRow } from './views/summary.ts'

/** What a person watches. Extra fields name the one object that a detail view is about. */
export const View = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rabbitmq.overview') }),
  z.strictObject({ type: z.literal('rabbitmq.queues') }),
  z.strictObject({ type: z.literal('rabbitmq.queue'), vhost: z.string().min(1), name: z.string().min(1) }),
  z.strictObject({ type: z.literal('kafka.overview') }),
  z.strictObject({ type: z.literal('kafka.topics') }),
  z.strictObject({ type: z.literal('kafka.groups') }),
  z.strictObject({ type: z.literal('kafka.group'), groupId: z.string().min(1) }),
  z.strictObject({ type: z.literal('mqtt.overview') }),
  z.strictObject({ type: z.literal('mqtt.clients') }),
  z.strictObject({ type: z.literal('tenant') }),
  z.strictObject({ type: z.literal('fleet') }),
  z.strictObject({ type: z.literal('attention') }),
])
export type View = z.infer<typeof View>
export type ViewType = View['type']

interface ViewTraits {
  /** Whose it is: an instance of that kind, or a tenant or the fleet. */
  readonly of: BrokerKind | 'summary'
  /** `table`: `data` is rows with a `key`. `record`: `data` is one object. */
  readonly shape: 'table' | 'record'
  /** One row, or the record. */
  readonly schema: z.ZodType
  /** Fields whose last 15 minutes are kept and sent as `history`. For a table: of each focused row. */
  readonly series: readonly string[]
}

/** Every view, once: the hub, the page and the tests read it from here. */
export const views = {
  'rabbitmq.overview': {
    of: 'rabbitmq',
    shape: 'record',
    schema: RabbitmqOverview,
    series: ['messagesReady', 'messagesUnacknowledged', 'publishRate', 'deliverGetRate', 'ackRate'],
  },
  'rabbitmq.queues': { of: 'rabbitmq', shape: 'table', schema: RabbitmqQueueRow, series: ['messages'] },
  'rabbitmq.queue': {
    of: 'rabbitmq',
    shape: 'record',
    schema: RabbitmqQueue,
    series: [
      'messages',
      'messagesReady',
      'messagesUnacknowledged',
      'publishRate',
      'deliverGetRate',
      'ackRate',
    ],
  },
  'kafka.overview': {
    of: 'kafka',
    shape: 'record',
    schema: KafkaOverview,
    series: ['lag', 'messagesInPerSecond', 'messagesOutPerSecond'],
  },
  'kafka.topics': {
    of: 'kafka',
    shape: 'table',
    schema: KafkaTopicRow,
    series: ['messagesInPerSecond'],
  },
  'kafka.groups': { of: 'kafka', shape: 'table', schema: KafkaGroupRow, series: ['lag'] },
  'kafka.group': { of: 'kafka', shape: 'table', schema: KafkaGroupPartitionRow, series: ['lag'] },
  'mqtt.overview': {
    of: 'mqtt',
    shape: 'record',
    schema: MqttOverview,
    series: ['clientsConnected', 'publishReceivedPerSecond', 'publishSentPerSecond'],
  },
  'mqtt.clients': { of: 'mqtt', shape: 'table', schema: MqttClientRow, series: [] },
  tenant: {
    of: 'summary',
    shape: 'table',
    schema: SummaryRow,
    series: ['backlog', 'inPerSecond', 'outPerSecond'],
  },
  fleet: {
    of: 'summary',
    shape: 'table',
    schema: SummaryRow,
    series: ['backlog', 'inPerSecond', 'outPerSecond'],
  },
  attention: { of: 'summary', shape: 'table', schema: AttentionRow, series: [] },
} as const satisfies Record<ViewType, ViewTraits>

export type TableView = { [T in ViewType]: (typeof views)[T]['shape'] extends 'table' ? T : never }[ViewType]
export type RecordView = Exclude<ViewType, TableView>

/** One row of a table view. */
export type RowOf<T extends TableView> = z.infer<(typeof views)[T]['schema']>
/** The object of a record view. */
export type RecordOf<T extends RecordView> = z.infer<(typeof views)[T]['schema']>
