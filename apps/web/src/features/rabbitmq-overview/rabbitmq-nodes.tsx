import type { RabbitmqOverview } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { Bytes, Duration } from '../../components/numbers.tsx'
import styles from '../../components/plain-table.module.css'
import { StateWord } from '../../components/state-word.tsx'
import { bytesText } from '../../lib/format.ts'

type Node = NonNullable<RabbitmqOverview['nodes']>[number]

export function RabbitmqNodes({ nodes }: { nodes: readonly Node[] }) {
  const { t } = useTranslation()
  return (
    <table className={`${styles.table} ${styles.hover}`} aria-label={t('rabbitmq.overview.nodes')}>
      <thead>
        <tr>
          <th>{t('rabbitmq.overview.columns.name')}</th>
          <th>{t('rabbitmq.overview.columns.state')}</th>
          <th className={styles.number}>{t('rabbitmq.overview.columns.memory')}</th>
          <th className={`${styles.number} ${styles.wide}`}>{t('rabbitmq.overview.columns.disk')}</th>
          <th className={`${styles.number} ${styles.wide}`}>{t('rabbitmq.overview.columns.uptime')}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <NodeRow key={node.name} node={node} />
        ))}
      </tbody>
    </table>
  )
}

function NodeRow({ node }: { node: Node }) {
  const { t } = useTranslation()
  return (
    <tr data-key={node.name}>
      <td className="strong" title={node.name}>
        {node.name}
      </td>
      <td>
        <NodeState node={node} />
      </td>
      <td className={styles.number}>
        <Bytes value={node.memoryBytes} />{' '}
        {node.memoryLimitBytes === null ? null : (
          <span className="faint">
            {t('rabbitmq.overview.ofLimit', { bytes: bytesText(node.memoryLimitBytes) })}
          </span>
        )}
      </td>
      <td className={`${styles.number} ${styles.wide}`}>
        <Bytes value={node.diskFreeBytes} />{' '}
        {node.diskFreeLimitBytes === null ? null : (
          <span className="faint">
            {t('rabbitmq.overview.aboveLimit', { bytes: bytesText(node.diskFreeLimitBytes) })}
          </span>
        )}
      </td>
      <td className={`${styles.number} ${styles.wide}`}>
        <Duration value={node.uptimeMs} />
      </td>
    </tr>
  )
}

function NodeState({ node }: { node: Node }) {
  const { t } = useTranslation()
  if (!node.running) return <StateWord tone="act">{t('rabbitmq.overview.down')}</StateWord>
  const alarms = [node.memoryAlarm && ('memory' as const), node.diskAlarm && ('disk' as const)].filter(
    (one) => one !== false,
  )
  if (alarms.length === 0) return <StateWord tone="ok">{t('rabbitmq.overview.running')}</StateWord>
  return (
    <StateWord tone="act">
      {alarms.map((alarm) => t(`rabbitmq.overview.alarms.${alarm}`)).join(', ')}
    </StateWord>
  )
}
