import { Link } from '@tanstack/react-router'
import { type AttentionRow, parseQueueKey } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { paths } from '../../lib/paths.ts'
import { buttonClass } from '../button.tsx'

/** To the queue, group or client it is about; else to the instance. */
export function AttentionLink({ row }: { row: AttentionRow }) {
  const { t } = useTranslation()
  const { instanceId } = row
  const className = buttonClass('small')
  if (row.rule.startsWith('queue') && row.object !== null) {
    const { vhost, name } = parseQueueKey(row.object)
    return (
      <Link {...paths.queue(instanceId, vhost, name)} className={className}>
        {t('attention.open.rabbitmq')}
      </Link>
    )
  }
  if (row.rule.startsWith('group') && row.object !== null) {
    return (
      <Link {...paths.group(instanceId, row.object)} className={className}>
        {t('attention.open.kafka')}
      </Link>
    )
  }
  if (row.rule === 'clientFlapping' && row.object !== null) {
    return (
      <Link
        {...paths.clients(instanceId)}
        search={{ filter: `clientId:"${row.object.replaceAll('"', '\\"')}"` }}
        className={className}
      >
        {t('attention.open.mqtt')}
      </Link>
    )
  }
  return (
    <Link {...paths.overview(instanceId)} className={className}>
      {t('attention.open.instance')}
    </Link>
  )
}
