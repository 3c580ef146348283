import type { MqttClientRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useFinding } from '../../components/attention/findings-context.ts'
import { ObjectState, type Standing } from '../../components/attention/object-state.tsx'
import tableStyles from '../../components/data-table/data-table.module.css'
import type { PhoneRow, TableColumn } from '../../components/data-table/table-column.ts'
import { Count, Unknown } from '../../components/numbers.tsx'
import { formatDateTime, formatSpan, formatTime } from '../../lib/format.ts'

type Row = MqttClientRow
type Column = TableColumn<Row>

const CLIENTS = 'mqtt.clients'

export function clientColumns(t: TFunction): readonly Column[] {
  return [...identity(t), ...trouble(t), ...session(t)]
}

function identity(t: TFunction): readonly Column[] {
  return [
    {
      id: 'clientId',
      label: t('mqtt.clients.columns.clientId'),
      kind: 'text',
      essential: true,
      isSearched: true,
      value: (row) => row.clientId,
      cell: (row) => (
        <span className={tableStyles.name} title={row.clientId}>
          {row.clientId}
        </span>
      ),
      source: CLIENTS,
    },
    {
      id: 'state',
      label: t('mqtt.clients.columns.state'),
      kind: 'text',
      width: 128,
      essential: true,
      value: (row) => clientStanding(row, t).word,
      cell: (row) => <ClientState row={row} t={t} />,
    },
    {
      id: 'username',
      label: t('mqtt.clients.columns.username'),
      kind: 'text',
      width: 140,
      isSearched: true,
      value: (row) => row.username,
      cell: (row) =>
        row.username === null ? (
          <span className="faint">{t('mqtt.clients.anonymous')}</span>
        ) : (
          <span title={row.username}>{row.username}</span>
        ),
    },
    {
      id: 'address',
      label: t('mqtt.clients.columns.address'),
      kind: 'text',
      width: 140,
      isSearched: true,
      value: (row) => row.address,
      cell: (row) => (row.address === null ? <Unknown /> : <span className="muted">{row.address}</span>),
    },
    {
      id: 'connectedAt',
      label: t('mqtt.clients.columns.connectedAt'),
      kind: 'number',
      width: 92,
      value: (row) => row.connectedAt,
      cell: (row) =>
        row.connectedAt === null ? (
          <Unknown reason={t('mqtt.clients.hints.connectedAt')} />
        ) : (
          <span title={formatDateTime(row.connectedAt)}>{formatTime(row.connectedAt)}</span>
        ),
    },
  ]
}

function session(t: TFunction): readonly Column[] {
  return [
    {
      id: 'protocolVersion',
      label: t('mqtt.clients.columns.protocolVersion'),
      kind: 'text',
      width: 78,
      value: (row) => row.protocolVersion,
      cell: (row) => <span className="muted">{row.protocolVersion ?? <Unknown />}</span>,
    },
    {
      id: 'cleanStart',
      label: t('mqtt.clients.columns.cleanStart'),
      kind: 'text',
      width: 92,
      value: (row) => (row.cleanStart === null ? null : t(`mqtt.clients.session.${row.cleanStart}`)),
      cell: (row) =>
        row.cleanStart === null ? (
          <Unknown />
        ) : (
          <span className="muted">{t(`mqtt.clients.session.${row.cleanStart}`)}</span>
        ),
    },
    {
      id: 'keepAlive',
      label: t('mqtt.clients.columns.keepAlive'),
      kind: 'number',
      width: 86,
      value: (row) => row.keepAlive,
      cell: (row) => (row.keepAlive === null ? <Unknown /> : formatSpan(row.keepAlive * 1_000)),
    },
    {
      id: 'subscriptions',
      label: t('mqtt.clients.columns.subscriptions'),
      kind: 'number',
      width: 104,
      value: (row) => row.subscriptions.length,
      cell: (row) => (
        <span title={row.subscriptions.join('\n')}>
          <Count value={row.subscriptions.length} />
        </span>
      ),
    },
  ]
}

function trouble(t: TFunction): readonly Column[] {
  return [
    {
      id: 'recentConnects',
      label: t('mqtt.clients.columns.recentConnects'),
      kind: 'number',
      width: 144,
      essential: true,
      value: (row) => row.recentConnects,
      cell: (row) => <Connects row={row} />,
    },
    {
      id: 'takeovers',
      label: t('mqtt.clients.columns.takeovers'),
      hint: t('mqtt.clients.hints.takeovers'),
      kind: 'number',
      width: 88,
      value: (row) => row.takeovers,
      cell: (row) => <Count value={row.takeovers} tone={row.takeovers > 0 ? 'look' : undefined} />,
    },
    {
      id: 'drops',
      label: t('mqtt.clients.columns.drops'),
      hint: t('mqtt.clients.hints.drops'),
      kind: 'number',
      width: 72,
      value: (row) => row.drops,
      cell: (row) => <Count value={row.drops} tone={row.drops > 0 ? 'look' : undefined} />,
    },
  ]
}

function clientStanding(row: Row, t: TFunction): Standing {
  if (!row.confirmed) return { tone: 'stale', word: t('mqtt.clients.unconfirmed') }
  return { tone: 'ok', word: t('mqtt.clients.connected') }
}

function ClientState({ row, t, show }: { row: Row; t: TFunction; show?: 'always' | 'trouble' }) {
  return (
    <span title={row.confirmed ? undefined : t('mqtt.clients.hints.unconfirmed')}>
      <ObjectState objectKey={row.key} standing={clientStanding(row, t)} {...(show ? { show } : {})} />
    </span>
  )
}

function Connects({ row }: { row: Row }) {
  return <Count value={row.recentConnects} tone={useFinding(row.key)?.severity} />
}

export function clientPhoneRow(row: Row, t: TFunction): PhoneRow {
  return {
    name: <span title={row.clientId}>{row.clientId}</span>,
    figure: <Connects row={row} />,
    figureField: 'recentConnects',
    details: [
      <ClientState key="state" row={row} t={t} show="trouble" />,
      row.username,
      row.connectedAt === null ? null : t('mqtt.clients.since', { time: formatTime(row.connectedAt) }),
    ].filter((detail) => detail !== null),
  }
}
