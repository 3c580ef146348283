import type { KafkaGroupPartitionRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import tableStyles from '../../components/data-table/data-table.module.css'
import type { PhoneRow, TableColumn } from '../../components/data-table/table-column.ts'
import { Count, Duration, Unknown } from '../../components/numbers.tsx'

type Row = KafkaGroupPartitionRow
type Column = TableColumn<Row>
type OffsetField = 'committedOffset' | 'logStartOffset' | 'logEndOffset'

const thousands = new Intl.NumberFormat('en-US')

export function partitionColumns(t: TFunction): readonly Column[] {
  return [
    {
      id: 'topic',
      label: t('kafka.group.columns.topic'),
      kind: 'text',
      essential: true,
      isSearched: true,
      value: (row) => row.topic,
      cell: (row) => (
        <span className={tableStyles.name} title={row.topic}>
          {row.topic}
        </span>
      ),
    },
    {
      id: 'partition',
      label: t('kafka.group.columns.partition'),
      kind: 'number',
      width: 84,
      essential: true,
      value: (row) => row.partition,
      cell: (row) => row.partition,
    },
    offset('committedOffset', t, 'kafka.commits'),
    offset('logStartOffset', t, 'kafka.offsets'),
    offset('logEndOffset', t, 'kafka.offsets'),
    ...lag(t),
    ...reader(t),
  ]
}

/** An offset is shown whole: it is compared with what other tools say. */
function offset(id: OffsetField, t: TFunction, source: string): Column {
  return {
    id,
    label: t(`kafka.group.columns.${id}`),
    kind: 'number',
    width: 112,
    value: (row) => (row[id] === null ? null : Number(row[id])),
    cell: (row) => {
      const text = row[id]
      if (text === null) return <Unknown reason={t('kafka.group.hints.noCommit')} />
      return <span className="muted">{thousands.format(BigInt(text))}</span>
    },
    source,
  }
}

function lag(t: TFunction): readonly Column[] {
  return [
    {
      id: 'lag',
      label: t('kafka.group.columns.lag'),
      kind: 'number',
      width: 92,
      essential: true,
      value: (row) => row.lag,
      cell: (row) => <Count value={row.lag} reason={t('kafka.group.hints.noCommit')} />,
      source: 'kafka.commits',
    },
    {
      id: 'lagMs',
      label: t('kafka.group.columns.lagMs'),
      hint: t('kafka.group.hints.lagMs'),
      kind: 'number',
      width: 92,
      unit: 'ms',
      value: (row) => row.lagMs,
      cell: (row) => <Duration value={row.lagMs} />,
      source: 'kafka.group',
    },
  ]
}

function reader(t: TFunction): readonly Column[] {
  const text = (id: 'clientId' | 'host' | 'memberId', width: number, optional = false): Column => ({
    id,
    label: t(`kafka.group.columns.${id}`),
    kind: 'text',
    width,
    optional,
    value: (row) => row[id],
    cell: (row) =>
      row[id] === null ? (
        <span className="faint">{t('kafka.group.nobody')}</span>
      ) : (
        <span className={id === 'clientId' ? undefined : 'muted'} title={row[id]}>
          {row[id]}
        </span>
      ),
    source: 'kafka.group',
  })
  return [text('clientId', 140), text('host', 120), text('memberId', 220, true)]
}

export function partitionPhoneRow(row: Row, t: TFunction): PhoneRow {
  return {
    name: row.key,
    figure: <Count value={row.lag} reason={t('kafka.group.hints.noCommit')} />,
    figureField: 'lag',
    details: [<Duration key="lagMs" value={row.lagMs} />, row.clientId ?? t('kafka.group.nobody')],
  }
}
