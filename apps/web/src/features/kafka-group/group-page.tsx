import { Link } from '@tanstack/react-router'
import type { KafkaGroupPartitionRow, KafkaGroupRow, View } from '@weir/contract'
import type { TFunction } from 'i18next'
import { type ReactNode, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectState } from '../../components/attention/object-state.tsx'
import { buttonClass } from '../../components/button.tsx'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page, Section } from '../../components/page.tsx'
import { RecordSkeleton } from '../../components/record-skeleton.tsx'
import { groupStanding } from '../../components/standing/group-standing.ts'
import { paths } from '../../lib/paths.ts'
import type { TableSnapshot } from '../../live/live-state.ts'
import { useFocus, useLive } from '../../live/use-live.ts'
import { GroupFigures } from './group-figures.tsx'
import { GroupLagChart } from './group-lag-chart.tsx'
import { partitionColumns, partitionPhoneRow } from './partition-columns.tsx'

const groupsView: View & { type: 'kafka.groups' } = { type: 'kafka.groups' }

interface GroupPageProps {
  instanceId: string
  groupId: string
  /** What can be done to it. */
  actions?: ReactNode
}

/** One consumer group: how far behind, since when, on which partition, and who reads it. */
export function GroupPage({ instanceId, groupId, actions }: GroupPageProps) {
  const { t } = useTranslation()
  const subject = { instanceId }
  const live = useLive(subject, { type: 'kafka.group', groupId })
  // The group's own line, its pace and its history, come with the list of groups: the same readings as its partitions.
  const groups = useLive(subject, groupsView)
  useFocus(
    { subject, view: groupsView },
    useMemo(() => [groupId], [groupId]),
  )
  const groupsShown = 'snapshot' in groups ? groups.snapshot : null
  const group = groupsShown?.rows.get(groupId)
  return (
    <Page title={groupId} meta={group ? facts(group, t) : []} actions={actions}>
      <LiveView
        live={live}
        skeleton={<RecordSkeleton />}
        refusal={(code) =>
          code === 'NOT_FOUND' || code === 'BROKER_NOT_FOUND' ? <Gone instanceId={instanceId} /> : null
        }
      >
        {(snapshot, isStale) => (
          <>
            <GroupFigures partitions={snapshot.rows} group={group} />
            {groupsShown ? (
              <GroupLagChart groupId={groupId} snapshot={groupsShown} isStale={isStale} />
            ) : null}
            <Section title={t('kafka.group.partitions')} note={t('kafka.group.note')}>
              <Partitions snapshot={snapshot} isStale={isStale} />
            </Section>
          </>
        )}
      </LiveView>
    </Page>
  )
}

function facts(group: KafkaGroupRow, t: TFunction) {
  const [first] = group.topics
  return [
    <ObjectState key="state" objectKey={group.key} standing={groupStanding(group, t)} />,
    group.protocol,
    group.members !== null && t('kafka.groups.members', { count: group.members }),
    first !== undefined &&
      t('kafka.group.reads', { count: group.topics.length, topics: group.topics.join(', ') }),
  ]
}

function Partitions({
  snapshot,
  isStale,
}: {
  snapshot: TableSnapshot<KafkaGroupPartitionRow>
  isStale: boolean
}) {
  const { t } = useTranslation()
  const columns = useMemo(() => partitionColumns(t), [t])
  const phoneRow = useCallback((row: KafkaGroupPartitionRow) => partitionPhoneRow(row, t), [t])
  return (
    <div style={{ display: 'grid', gap: 'var(--sp-12)' }}>
      <DataTable
        label={t('kafka.group.partitions')}
        columns={columns}
        rows={snapshot.rows}
        defaultSort="topic,partition"
        isStale={isStale}
        sourceHints={useSourceHints(snapshot.sources)}
        phoneRow={phoneRow}
        csvName="partitions"
        filterExample="lag:>0 topic:*.load"
        empty={
          <Blank title={t('kafka.group.empty.title')}>
            <p>{t('kafka.group.empty.text')}</p>
          </Blank>
        }
      />
    </div>
  )
}

function Gone({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  return (
    <Blank
      tone="look"
      title={t('kafka.group.gone.title')}
      action={
        <Link {...paths.groups(instanceId)} className={buttonClass()}>
          {t('kafka.group.gone.action')}
        </Link>
      }
    >
      <p>{t('kafka.group.gone.text')}</p>
    </Blank>
  )
}
