import type { KafkaGroupRow, View } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageActions } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { formatDuration } from '../../lib/format.ts'
import { useLive, useNow } from '../../live/use-live.ts'
import { ResetOffsetsDrawer } from './reset-offsets-drawer.tsx'
import { useArmedReset } from './use-armed-reset.ts'

const view: View & { type: 'kafka.groups' } = { type: 'kafka.groups' }

/** The button beside a group's name. A reset that waits goes on with the drawer closed, and the button says so. */
export function ResetOffsetsAction({ instanceId, groupId }: { instanceId: string; groupId: string }) {
  const { t } = useTranslation('actions')
  const [isOpen, setOpen] = useState(false)
  const live = useLive({ instanceId }, view)
  const group = 'snapshot' in live ? live.snapshot?.rows.get(groupId) : undefined
  const controls = useArmedReset({ instanceId, groupId, members: group?.members ?? null })
  const { armed } = controls
  if (!group) return null
  const obstacle = obstacleOf(group, t)
  const isOnItsWay = armed.state === 'waiting' || armed.state === 'resetting'
  const close = () => {
    setOpen(false)
    controls.forget()
  }
  return (
    <PageActions>
      <Button
        disabled={obstacle !== null && !isOnItsWay}
        title={obstacle ?? undefined}
        onClick={() => setOpen(true)}
      >
        {armed.state === 'waiting' ? <Waiting until={armed.until} /> : t('reset.open')}
      </Button>
      {isOpen ? (
        <ResetOffsetsDrawer instanceId={instanceId} group={group} controls={controls} onClose={close} />
      ) : null}
    </PageActions>
  )
}

function Waiting({ until }: { until: number }) {
  const { t } = useTranslation('actions')
  // The wait is counted on this computer's clock; the tick alone comes from the server's.
  useNow()
  return t('reset.openWaiting', { left: formatDuration(Math.max(0, until - Date.now())) })
}

function obstacleOf({ protocol, topics }: KafkaGroupRow, t: TFunction<'actions'>): string | null {
  if (protocol === 'share') return t('reset.share')
  return topics.length === 0 ? t('reset.noCommits') : null
}
