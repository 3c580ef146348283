import { useNavigate } from '@tanstack/react-router'
import type { KafkaGroupRow, View } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFindingsMeta } from '../../components/attention/use-findings-meta.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { RowSeriesContext } from '../../components/series-context.ts'
import { countText, formatExact } from '../../lib/format.ts'
import { paths } from '../../lib/paths.ts'
import type { TableSnapshot } from '../../live/live-state.ts'
import { useFocus, useLive } from '../../live/use-live.ts'
import { groupColumns } from './group-columns.tsx'
import { groupPhoneRow } from './group-phone-row.tsx'

const view: View & { type: 'kafka.groups' } = { type: 'kafka.groups' }

/** Every consumer group of a Kafka instance, live. */
export function GroupsPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  const findings = useFindingsMeta()
  const live = useLive({ instanceId }, view)
  const snapshot = 'snapshot' in live ? live.snapshot : null
  return (
    <Page
      title={t('kafka.groups.title')}
      meta={snapshot ? [...meta(snapshot.rows, t), ...findings] : []}
      density="tight"
    >
      <LiveView live={live} skeleton={<TableSkeleton />}>
        {(shown, isStale) => <GroupTable instanceId={instanceId} snapshot={shown} isStale={isStale} />}
      </LiveView>
    </Page>
  )
}

function meta(rows: ReadonlyMap<string, KafkaGroupRow>, t: TFunction) {
  const groups = [...rows.values()]
  const lag = groups.reduce((sum, group) => sum + (group.lag ?? 0), 0)
  return [
    t('kafka.groups.count', { count: groups.length }),
    <span key="lag" title={formatExact(lag)}>
      {t('kafka.groups.behind', { number: countText(lag) })}
    </span>,
  ]
}

interface GroupTableProps {
  instanceId: string
  snapshot: TableSnapshot<KafkaGroupRow>
  isStale: boolean
}

function GroupTable({ instanceId, snapshot, isStale }: GroupTableProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [keysOnScreen, setKeysOnScreen] = useState<readonly string[]>([])
  useFocus({ subject: { instanceId }, view }, keysOnScreen)
  const { rows, series, observedAt, sources } = snapshot
  const columns = useMemo(() => groupColumns(instanceId, t), [instanceId, t])
  const phoneRow = useCallback((row: KafkaGroupRow) => groupPhoneRow(row, instanceId, t), [instanceId, t])
  const rowSeries = useMemo(() => ({ series, observedAt, isStale }), [series, observedAt, isStale])
  return (
    <RowSeriesContext value={rowSeries}>
      <DataTable
        label={t('kafka.groups.title')}
        columns={columns}
        rows={rows}
        defaultSort="-lag,groupId"
        isStale={isStale}
        sourceHints={useSourceHints(sources)}
        onOpen={({ groupId }) => void navigate(paths.group(instanceId, groupId))}
        onKeysOnScreen={setKeysOnScreen}
        phoneRow={phoneRow}
        csvName="groups"
        filterExample="lag:>1000 state:Stable"
        empty={
          <Blank title={t('kafka.groups.empty.title')}>
            <p>{t('kafka.groups.empty.text')}</p>
          </Blank>
        }
      />
    </RowSeriesContext>
  )
}
