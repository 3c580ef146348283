import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { KafkaGroupRow } from '@weir/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Caution, Refusal } from '../../components/action/action-parts.tsx'
import { Drawer } from '../../components/drawer/drawer.tsx'
import { queries } from '../../lib/api.ts'
import { useLive } from '../../live/use-live.ts'
import type { ResetWish } from './armed-reset.ts'
import { fieldTime, type ResetChoice, readChoice } from './reset-choice.ts'
import { ResetFooter } from './reset-footer.tsx'
import { ResetForm } from './reset-form.tsx'
import { ResetOutcome } from './reset-outcome.tsx'
import { ResetPlan } from './reset-plan-table.tsx'
import type { ArmedControls } from './use-armed-reset.ts'

interface ResetOffsetsDrawerProps {
  instanceId: string
  group: KafkaGroupRow
  controls: ArmedControls
  onClose: () => void
}

const HOUR_MS = 3_600_000
/** While somebody writes, every letter would ask the broker. */
const SETTLE_MS = 300
/** A group that reads on, and a topic that grows, change what a reset would touch. */
const ASK_AGAIN_MS = 5_000

/** Where a group begins to read again: what that touches is asked of the broker before, and can be put back after. */
export function ResetOffsetsDrawer({ instanceId, group, controls, onClose }: ResetOffsetsDrawerProps) {
  const { t } = useTranslation('actions')
  const { groupId, topics } = group
  const { armed } = controls
  const [chosenTopic, setTopic] = useState<string | null>(null)
  const [choice, setChoice] = useState<ResetChoice>(() => ({
    ...{ type: 'time', offset: '', shift: '' },
    time: fieldTime(Date.now() - HOUR_MS),
  }))
  const topic = chosenTopic ?? topics[0] ?? ''
  const isOnItsWay = armed.state === 'waiting' || armed.state === 'resetting'
  const isDone = armed.state === 'done'
  const read = readChoice(choice)
  const wish: ResetWish | null = isOnItsWay ? armed.wish : 'to' in read ? { topic, to: read.to } : null
  const [asked] = useDebouncedValue(JSON.stringify(wish), SETTLE_MS)
  const isSettled = asked === JSON.stringify(wish)
  const preview = useQuery(
    queries.kafka.previewOffsetReset.queryOptions({
      input: { instanceId, groupId, ...(wish ?? { topic, to: { type: 'latest' } }) },
      enabled: wish !== null && isSettled && !isDone,
      ...{ staleTime: 0, gcTime: 0, retry: false, refetchInterval: ASK_AGAIN_MS },
    }),
  )
  const logs = useLive({ instanceId }, { type: 'kafka.group', groupId })
  const rows = 'snapshot' in logs ? logs.snapshot?.rows.values() : undefined
  const plan = wish && isSettled && !preview.error ? (preview.data ?? null) : null
  return (
    <Drawer
      title={t('reset.title')}
      subject={groupId}
      onClose={onClose}
      footer={
        <ResetFooter
          armed={armed}
          plan={plan}
          onReset={() => {
            if (wish && plan) controls.begin(wish, plan.partitions, plan.members)
          }}
          onCallOff={controls.callOff}
          onClose={onClose}
        />
      }
    >
      {isDone ? (
        <ResetOutcome instanceId={instanceId} groupId={groupId} armed={armed} controls={controls} />
      ) : (
        <>
          <ResetForm
            topics={topics}
            topic={wish?.topic ?? topic}
            onTopic={setTopic}
            choice={choice}
            onChoice={setChoice}
            mistake={'mistake' in read ? read.mistake : null}
            askedAt={plan ? preview.dataUpdatedAt : null}
            isLocked={isOnItsWay}
          />
          {plan ? <ResetPlan plan={plan} logs={[...(rows ?? [])]} to={wish?.to.type ?? 'latest'} /> : null}
          {wish && preview.error ? <Refusal title={t('reset.notTold')} error={preview.error} /> : null}
          {wish && !plan && !preview.error ? <Caution tone="stale" title={t('reset.asking')} /> : null}
          {armed.state === 'failed' ? (
            <Refusal title={t('reset.refused', { groupId })} error={controls.error} />
          ) : null}
        </>
      )}
    </Drawer>
  )
}
