import { Link } from '@tanstack/react-router'
import { type AttentionRow, parseQueueKey } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../button.tsx'

/** To the queue, group or client it is about; else to the instance. */
export function AttentionLink({ row }: { row: AttentionRow }) {
  const { t } = useTranslation()
  const params = { instanceId: row.instanceId }
  const className = buttonClass('small')
  if (row.rule.startsWith('queue') && row.object !== null) {
    return (
      <Link
        to="/i/$instanceId/queue"
        params={params}
        search={parseQueueKey(row.object)}
        className={className}
      >
        {t('attention.open.rabbitmq')}
      </Link>
    )
  }
  if (row.rule.startsWith('group') && row.object !== null) {
    return (
      <Link to="/i/$instanceId/group" params={params} search={{ groupId: row.object }} className={className}>
        {t('attention.open.kafka')}
      </Link>
    )
  }
  if (row.rule === 'clientFlapping' && row.object !== null) {
    return (
      <Link
        to="/i/$instanceId/clients"
        params={params}
        search={{ filter: `clientId:"${row.object.replaceAll('"', '\\"')}"` }}
        className={className}
      >
        {t('attention.open.mqtt')}
      </Link>
    )
  }
  return (
    <Link to="/i/$instanceId/overview" params={params} className={className}>
      {t('attention.open.instance')}
    </Link>
  )
}
