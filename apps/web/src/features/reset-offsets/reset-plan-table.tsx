import type { ResetPreview, ResetTo } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Touch, Touches } from '../../components/action/action-parts.tsx'
import { Unknown } from '../../components/numbers.tsx'
import plain from '../../components/plain-table.module.css'
import { formatExact } from '../../lib/format.ts'
import styles from './reset-offsets.module.css'
import { type LogOf, lagOf, totalsOf } from './reset-plan.ts'

interface ResetPlanProps {
  plan: ResetPreview
  logs: readonly LogOf[]
  to: ResetTo['type']
}

/** What the reset would touch: all together, and partition by partition. */
export function ResetPlan({ plan, logs, to }: ResetPlanProps) {
  const { t } = useTranslation('actions')
  return (
    <>
      <Touches title={t('touches')} touches={touchesOf(plan, logs, to, t)} />
      <PartitionTable plan={plan} />
    </>
  )
}

function touchesOf(
  plan: ResetPreview,
  logs: readonly LogOf[],
  to: ResetTo['type'],
  t: TFunction<'actions'>,
): readonly Touch[] {
  const { unmoved, first, readAgain, skipped } = totalsOf(plan.partitions)
  const lag = lagOf(plan.topic, plan.partitions, logs)
  const records = (id: 'readAgain' | 'skipped', count: number): Touch => ({
    ...{ id, exact: count, label: t(`reset.${id}`) },
    value: t('reset.records', { count, number: formatExact(count) }),
  })
  const partitions = (id: 'unmoved' | 'first', count: number): Touch => ({
    ...{ id, exact: count, label: t(`reset.${id}`) },
    value: t('reset.partitions', { count, number: formatExact(count) }),
  })
  const goesAhead = to === 'latest' || (readAgain === 0 && skipped > 0)
  return [
    ...(goesAhead && readAgain === 0 ? [] : [records('readAgain', readAgain)]),
    ...(goesAhead || skipped > 0 ? [records('skipped', skipped)] : []),
    {
      id: 'lagAfterwards',
      label: t('reset.lagAfterwards'),
      exact: lag.afterwards,
      value: (
        <>
          <small>{formatExact(lag.now)} →</small>{' '}
          {lag.afterwards === null ? <Unknown /> : formatExact(lag.afterwards)}
        </>
      ),
    },
    ...(first > 0 ? [partitions('first', first)] : []),
    ...(unmoved > 0 ? [partitions('unmoved', unmoved)] : []),
  ]
}

function PartitionTable({ plan }: { plan: ResetPreview }) {
  const { t } = useTranslation('actions')
  const { readAgain, skipped } = totalsOf(plan.partitions)
  const difference = skipped === 0 ? 'readAgain' : readAgain === 0 ? 'skipped' : 'both'
  return (
    <table className={`${plain.table} ${plain.compact} ${styles.plan}`} aria-label={t('reset.byPartition')}>
      <thead>
        <tr>
          <th className={styles.partition}>{t('reset.partition')}</th>
          <th className={plain.number}>{t('reset.from')}</th>
          <th className={plain.number}>{t('reset.toColumn')}</th>
          <th className={plain.number}>{t(`reset.differences.${difference}`)}</th>
        </tr>
      </thead>
      <tbody>
        {plan.partitions.map((row) => (
          <tr key={row.partition} data-partition={row.partition}>
            <td>{row.partition}</td>
            <td className={`${plain.number} muted`}>
              {row.from === null ? <Unknown reason={t('reset.noCommit')} /> : digits(row.from)}
            </td>
            <td className={plain.number}>{digits(row.to)}</td>
            <td className={plain.number}>
              {difference === 'both' && row.skipped > 0
                ? `−${formatExact(row.skipped)}`
                : formatExact(difference === 'skipped' ? row.skipped : row.readAgain)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** An offset is text, because it can be longer than a number holds. */
function digits(offset: string): string {
  return BigInt(offset).toLocaleString('en-US')
}
