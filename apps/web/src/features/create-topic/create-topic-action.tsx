import type { Instance, View } from '@weir/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageActions } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { useLive } from '../../live/use-live.ts'
import { CreateTopicDrawer } from './create-topic-drawer.tsx'

const view: View & { type: 'kafka.topics' } = { type: 'kafka.topics' }

/** The button above the topics, and the drawer it opens. */
export function CreateTopicAction({ instance }: { instance: Extract<Instance, { kind: 'kafka' }> }) {
  const { t } = useTranslation('actions')
  const [isOpen, setOpen] = useState(false)
  const live = useLive({ instanceId: instance.id }, view)
  const snapshot = 'snapshot' in live ? live.snapshot : null
  if (!snapshot) return null
  return (
    <PageActions>
      <Button onClick={() => setOpen(true)}>{t('newTopic.open')}</Button>
      {isOpen ? (
        <CreateTopicDrawer instance={instance} rows={snapshot.rows} onClose={() => setOpen(false)} />
      ) : null}
    </PageActions>
  )
}
