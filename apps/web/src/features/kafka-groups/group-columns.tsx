import type { KafkaGroupRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import { ObjectState } from '../../components/attention/object-state.tsx'
import type { TableColumn } from '../../components/data-table/table-column.ts'
import { Count, Duration, Magnitude, Rate } from '../../components/numbers.tsx'
import { RowLink } from '../../components/row-link.tsx'
import { RowSparkline } from '../../components/row-sparkline.tsx'
import { groupStanding } from '../../components/standing/group-standing.ts'
import { FindingToDrain } from '../../components/to-drain.tsx'
import { formatDuration } from '../../lib/format.ts'
import { paths } from '../../lib/paths.ts'

type Column = TableColumn<KafkaGroupRow>

const COMMITS = 'kafka.commits'
const GROUPS = 'kafka.groups'

export function groupColumns(instanceId: string, t: TFunction): readonly Column[] {
  return [
    ...identity(instanceId, t),
    ...backlog(t),
    ...pace(t),
    {
      id: 'drainMs',
      label: t('kafka.groups.columns.drainMs'),
      hint: t('kafka.groups.hints.drainMs'),
      kind: 'number',
      width: 92,
      unit: 'ms',
      value: (row) => row.drainMs,
      cell: (row) => (
        <FindingToDrain objectKey={row.key} backlog={row.lag} trend={row.trend} drainMs={row.drainMs} />
      ),
    },
    {
      id: 'chart',
      label: t('kafka.groups.columns.chart'),
      kind: 'number',
      width: 136,
      drawing: true,
      value: () => null,
      cell: (row) => <RowSparkline rowKey={row.key} field="lag" />,
    },
  ]
}

function identity(instanceId: string, t: TFunction): readonly Column[] {
  return [
    {
      id: 'groupId',
      label: t('kafka.groups.columns.groupId'),
      kind: 'text',
      essential: true,
      isSearched: true,
      value: (row) => row.groupId,
      cell: (row) => <GroupLink instanceId={instanceId} groupId={row.groupId} />,
    },
    {
      id: 'state',
      label: t('kafka.groups.columns.state'),
      kind: 'text',
      width: 150,
      essential: true,
      value: (row) => row.state,
      cell: (row) => <GroupState row={row} t={t} />,
      source: GROUPS,
    },
    {
      id: 'protocol',
      label: t('kafka.groups.columns.protocol'),
      kind: 'text',
      width: 84,
      value: (row) => row.protocol,
      cell: (row) => <span className="muted">{row.protocol}</span>,
      source: GROUPS,
    },
    {
      id: 'members',
      label: t('kafka.groups.columns.members'),
      kind: 'number',
      width: 84,
      value: (row) => row.members,
      cell: (row) => <Count value={row.members} />,
      source: GROUPS,
    },
    {
      id: 'topics',
      label: t('kafka.groups.columns.topics'),
      kind: 'text',
      width: 180,
      value: (row) => row.topics.join(' '),
      cell: (row) => (
        <span className="muted" title={row.topics.join('\n')}>
          {row.topics.join(', ')}
        </span>
      ),
      source: COMMITS,
    },
  ]
}

function backlog(t: TFunction): readonly Column[] {
  const nothingCommitted = t('kafka.groups.hints.nothingCommitted')
  return [
    {
      id: 'lag',
      label: t('kafka.groups.columns.lag'),
      hint: t('kafka.groups.hints.lag'),
      kind: 'number',
      width: 92,
      unitSlot: true,
      essential: true,
      value: (row) => row.lag,
      cell: (row) => <Magnitude value={row.lag} reason={nothingCommitted} />,
      source: COMMITS,
    },
    {
      id: 'lagMs',
      label: t('kafka.groups.columns.lagMs'),
      hint: t('kafka.groups.hints.lagMs'),
      kind: 'number',
      width: 112,
      unit: 'ms',
      value: (row) => row.lagMs,
      cell: (row) =>
        row.lagMs === null || row.lagMs === 0 ? (
          <Duration value={row.lagMs} reason={nothingCommitted} />
        ) : (
          t('kafka.groups.atLeast', { duration: formatDuration(row.lagMs) })
        ),
      source: COMMITS,
    },
  ]
}

function pace(t: TFunction): readonly Column[] {
  const rate = (id: 'messagesInPerSecond' | 'consumedPerSecond', source: string): Column => ({
    id,
    label: t(`kafka.groups.columns.${id}`),
    kind: 'number',
    width: 76,
    value: (row) => row[id],
    cell: (row) => <Rate value={row[id]} />,
    source,
  })
  return [rate('messagesInPerSecond', 'kafka.offsets'), rate('consumedPerSecond', COMMITS)]
}

export function GroupLink({ instanceId, groupId }: { instanceId: string; groupId: string }) {
  return <RowLink path={paths.group(instanceId, groupId)}>{groupId}</RowLink>
}

export function GroupState({
  row,
  t,
  show,
}: {
  row: KafkaGroupRow
  t: TFunction
  show?: 'always' | 'trouble'
}) {
  return <ObjectState objectKey={row.key} standing={groupStanding(row, t)} {...(show ? { show } : {})} />
}
