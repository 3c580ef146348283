import type { KafkaGroupRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { PhoneRow } from '../../components/data-table/table-column.ts'
import { Magnitude } from '../../components/numbers.tsx'
import { RowSparkline } from '../../components/row-sparkline.tsx'
import { formatDuration } from '../../lib/format.ts'
import { GroupLink, GroupState } from './group-columns.tsx'

export function groupPhoneRow(row: KafkaGroupRow, instanceId: string, t: TFunction): PhoneRow {
  const details = [
    <GroupState key="state" row={row} t={t} show="trouble" />,
    row.members === null ? null : t('kafka.groups.members', { count: row.members }),
    row.lagMs === null || row.lagMs === 0
      ? null
      : t('kafka.groups.atLeast', { duration: formatDuration(row.lagMs) }),
  ]
  return {
    name: <GroupLink instanceId={instanceId} groupId={row.groupId} />,
    figure: <Magnitude value={row.lag} inline reason={t('kafka.groups.hints.nothingCommitted')} />,
    figureField: 'lag',
    details: details.filter((detail) => detail !== null),
    drawing: <RowSparkline rowKey={row.key} field="lag" width={84} />,
  }
}
