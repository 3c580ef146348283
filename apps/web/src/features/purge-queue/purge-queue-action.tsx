import type { View } from '@weir/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageActions } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { useLive } from '../../live/use-live.ts'
import { PurgeQueueDrawer } from './purge-queue-drawer.tsx'

interface PurgeQueueActionProps {
  instanceId: string
  vhost: string
  name: string
}

/** The button beside a queue's name, and the drawer it opens. */
export function PurgeQueueAction(props: PurgeQueueActionProps) {
  const { instanceId, vhost, name } = props
  const { t } = useTranslation('actions')
  const [isOpen, setOpen] = useState(false)
  const view: View & { type: 'rabbitmq.queue' } = { type: 'rabbitmq.queue', vhost, name }
  const live = useLive({ instanceId }, view)
  const snapshot = 'snapshot' in live ? live.snapshot : null
  if (!snapshot) return null
  const isStream = snapshot.record.type === 'stream'
  return (
    <PageActions>
      <Button
        disabled={isStream}
        title={isStream ? t('purge.stream') : undefined}
        onClick={() => setOpen(true)}
      >
        {t('purge.open')}
      </Button>
      {isOpen ? <PurgeQueueDrawer {...props} snapshot={snapshot} onClose={() => setOpen(false)} /> : null}
    </PageActions>
  )
}
