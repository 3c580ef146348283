import type { RabbitmqQueueRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useFinding } from '../../components/attention/findings-context.ts'
import { ObjectState } from '../../components/attention/object-state.tsx'
import type { TableColumn } from '../../components/data-table/table-column.ts'
import { Count, Magnitude, Rate, Unknown } from '../../components/numbers.tsx'
import { RowLink } from '../../components/row-link.tsx'
import { RowSparkline } from '../../components/row-sparkline.tsx'
import { queueStanding } from '../../components/standing/queue-standing.ts'
import { FindingToDrain } from '../../components/to-drain.tsx'
import { paths } from '../../lib/paths.ts'

export interface QueueCellContext {
  readonly instanceId: string
  readonly severalVhosts: boolean
  readonly t: TFunction
}

type Column = TableColumn<RabbitmqQueueRow>
type NumberField =
  | 'messagesReady'
  | 'messagesUnacknowledged'
  | 'messages'
  | 'publishRate'
  | 'deliverGetRate'
  | 'ackRate'

const TOTALS = 'rabbitmq.totals'
const STATS = 'rabbitmq.stats'

export function queueColumns(context: QueueCellContext): readonly Column[] {
  return [
    ...identity(context),
    count('messagesReady', context),
    count('messagesUnacknowledged', context),
    count('messages', context),
    rate('publishRate', context),
    rate('deliverGetRate', context),
    rate('ackRate', context),
    consumers(context),
    toDrain(context),
    chart(context),
    ...details(context),
  ]
}

function identity({ instanceId, severalVhosts, t }: QueueCellContext): readonly Column[] {
  const vhost: Column = {
    id: 'vhost',
    label: t('rabbitmq.queues.columns.vhost'),
    kind: 'text',
    width: 110,
    value: (row) => row.vhost,
    cell: (row) => <span className="muted">{row.vhost}</span>,
    optional: !severalVhosts,
  }
  return [
    {
      id: 'name',
      label: t('rabbitmq.queues.columns.name'),
      kind: 'text',
      essential: true,
      isSearched: true,
      value: (row) => row.name,
      cell: (row) => <QueueLink instanceId={instanceId} row={row} />,
    },
    vhost,
    {
      id: 'type',
      label: t('rabbitmq.queues.columns.type'),
      kind: 'text',
      width: 76,
      value: (row) => row.type,
      cell: (row) => <span className="muted">{row.type}</span>,
      source: TOTALS,
    },
    {
      id: 'state',
      label: t('rabbitmq.queues.columns.state'),
      kind: 'text',
      width: 156,
      essential: true,
      value: (row) => row.state,
      cell: (row) => <QueueState row={row} t={t} />,
      source: TOTALS,
    },
  ]
}

export function QueueLink({ instanceId, row }: { instanceId: string; row: RabbitmqQueueRow }) {
  return <RowLink path={paths.queue(instanceId, row.vhost, row.name)}>{row.name}</RowLink>
}

export function QueueState({
  row,
  t,
  show,
}: {
  row: RabbitmqQueueRow
  t: TFunction
  show?: 'always' | 'trouble'
}) {
  return <ObjectState objectKey={row.key} standing={queueStanding(row, t)} {...(show ? { show } : {})} />
}

function count(field: Extract<NumberField, `messages${string}`>, { t }: QueueCellContext): Column {
  const streamHint = t('rabbitmq.queues.hints.stream')
  return {
    id: field,
    label: t(`rabbitmq.queues.columns.${field}`),
    hint: t(`rabbitmq.queues.hints.${field}`),
    kind: 'number',
    width: 88,
    unitSlot: true,
    essential: field === 'messages',
    value: (row) => row[field],
    cell: (row) =>
      row.type === 'stream' ? (
        <span className="faint" title={streamHint}>
          <Magnitude value={row[field]} reason={streamHint} />
        </span>
      ) : (
        <Magnitude value={row[field]} />
      ),
    source: TOTALS,
  }
}

function rate(field: Extract<NumberField, `${string}Rate`>, { t }: QueueCellContext): Column {
  return {
    id: field,
    label: t(`rabbitmq.queues.columns.${field}`),
    hint: t(`rabbitmq.queues.hints.${field}`),
    kind: 'number',
    width: 66,
    value: (row) => row[field],
    cell: (row) => <Rate value={row[field]} />,
    source: STATS,
  }
}

function consumers({ t }: QueueCellContext): Column {
  return {
    id: 'consumers',
    label: t('rabbitmq.queues.columns.consumers'),
    kind: 'number',
    width: 92,
    value: (row) => row.consumers,
    cell: (row) => <Consumers row={row} />,
    source: STATS,
  }
}

function Consumers({ row }: { row: RabbitmqQueueRow }) {
  const nobody = useFinding(row.key)?.rule === 'queueWithoutConsumers'
  return <Count value={row.consumers} tone={nobody ? 'look' : undefined} />
}

function toDrain({ t }: QueueCellContext): Column {
  return {
    id: 'drainMs',
    label: t('rabbitmq.queues.columns.drainMs'),
    hint: t('rabbitmq.queues.hints.drainMs'),
    kind: 'number',
    width: 92,
    unit: 'ms',
    value: (row) => row.drainMs,
    cell: (row) =>
      row.type === 'stream' ? (
        <Unknown reason={t('rabbitmq.queues.hints.stream')} />
      ) : (
        <FindingToDrain objectKey={row.key} backlog={row.messages} trend={row.trend} drainMs={row.drainMs} />
      ),
  }
}

function chart({ t }: QueueCellContext): Column {
  return {
    id: 'chart',
    label: t('rabbitmq.queues.columns.chart'),
    kind: 'number',
    width: 136,
    drawing: true,
    value: () => null,
    cell: (row) => <RowSparkline rowKey={row.key} field="messages" />,
  }
}

function details({ t }: QueueCellContext): readonly Column[] {
  return [
    {
      id: 'policy',
      label: t('rabbitmq.queues.columns.policy'),
      kind: 'text',
      width: 120,
      optional: true,
      value: (row) => row.policy,
      cell: (row) => (row.policy === null ? null : <span className="muted">{row.policy}</span>),
    },
    {
      id: 'durable',
      label: t('rabbitmq.queues.columns.durable'),
      kind: 'text',
      width: 84,
      optional: true,
      value: (row) => row.durable,
      cell: (row) => <span className="muted">{t(`rabbitmq.queues.durable.${row.durable}`)}</span>,
    },
  ]
}
