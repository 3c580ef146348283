import type { KafkaGroupPartitionRow, KafkaGroupRow } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { FigureRow } from '../../components/figure-row.tsx'
import { countFigure, durationFigure, rateFigure } from '../../components/figure-values.tsx'
import { FindingToDrain } from '../../components/to-drain.tsx'

interface GroupFiguresProps {
  partitions: ReadonlyMap<string, KafkaGroupPartitionRow>
  /** Its line in the list of groups; undefined until that comes. */
  group: KafkaGroupRow | undefined
}

export function GroupFigures({ partitions, group }: GroupFiguresProps) {
  const { t } = useTranslation()
  const rows = [...partitions.values()]
  const lag = totalLag(rows)
  const oldest = rows.reduce<KafkaGroupPartitionRow | null>(
    (worst, row) => ((row.lagMs ?? -1) > (worst?.lagMs ?? -1) ? row : worst),
    null,
  )
  const behind = rows.filter((row) => (row.lag ?? 0) > 0).length
  return (
    <FigureRow
      label={t('kafka.group.figures')}
      figures={[
        countFigure('lag', t('kafka.group.lag'), lag, { reason: t('kafka.groups.hints.nothingCommitted') }),
        durationFigure('lagMs', t('kafka.group.oldest'), oldest?.lagMs ?? null, {
          note: oldest?.lagMs
            ? t('kafka.group.partition', { partition: oldest.partition, topic: oldest.topic })
            : null,
        }),
        rateFigure('messagesInPerSecond', t('kafka.overview.in'), group?.messagesInPerSecond ?? null),
        rateFigure('consumedPerSecond', t('kafka.overview.out'), group?.consumedPerSecond ?? null),
        {
          field: 'drainMs',
          label: t('kafka.groups.columns.drainMs'),
          exact: group?.drainMs ?? null,
          value: (
            <FindingToDrain
              objectKey={group?.key ?? ''}
              backlog={lag}
              trend={group?.trend ?? 'unknown'}
              drainMs={group?.drainMs ?? null}
            />
          ),
        },
        countFigure('partitionsBehind', t('kafka.group.partitionsBehind'), behind, {
          note: t('kafka.group.ofPartitions', { count: rows.length }),
        }),
        countFigure('members', t('kafka.group.members'), group?.members ?? null),
      ]}
    />
  )
}

/** Null where nothing is committed at all; a partition that tells nothing doesn't hide those that do. */
function totalLag(rows: readonly KafkaGroupPartitionRow[]): number | null {
  const told = rows.flatMap((row) => (row.lag === null ? [] : [row.lag]))
  return told.length === 0 ? null : told.reduce((sum, lag) => sum + lag, 0)
}
