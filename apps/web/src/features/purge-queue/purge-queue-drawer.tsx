import type { RabbitmqQueue } from '@weir/contract'
import type { TFunction } from 'i18next'
import { type FormEvent, useId, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { ActionButton } from '../../components/action/action-button.tsx'
import {
  Buttons,
  Caution,
  Outcome,
  Refusal,
  type Touch,
  Touches,
} from '../../components/action/action-parts.tsx'
import { TextField } from '../../components/action/fields.tsx'
import { Button } from '../../components/button.tsx'
import { Drawer } from '../../components/drawer/drawer.tsx'
import { Unknown } from '../../components/numbers.tsx'
import { queries } from '../../lib/api.ts'
import { formatExact, formatTime, rateText } from '../../lib/format.ts'
import { useAction } from '../../lib/use-action.ts'
import type { RecordSnapshot } from '../../live/live-state.ts'
import { isNamed, purgePlan } from './purge-plan.ts'

interface PurgeQueueDrawerProps {
  instanceId: string
  vhost: string
  name: string
  snapshot: RecordSnapshot<RabbitmqQueue>
  onClose: () => void
}

/** Throws away what is ready in a queue: figures first, then its name typed, because nothing brings them back. */
export function PurgeQueueDrawer({ instanceId, vhost, name, snapshot, onClose }: PurgeQueueDrawerProps) {
  const { t } = useTranslation('actions')
  const [typed, setTyped] = useState('')
  const purge = useAction(queries.rabbitmq.purgeQueue.mutationOptions())
  const formId = useId()
  const queue = snapshot.record
  const plan = purgePlan(queue)
  const isReady = plan.possible && isNamed(typed, name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !purge.isRunning) void purge.run({ instanceId, vhost, name })
  }
  return (
    <Drawer
      title={t('purge.title')}
      subject={name}
      onClose={onClose}
      footer={
        purge.outcome ? (
          <Buttons>
            <Button onClick={onClose}>{t('close')}</Button>
          </Buttons>
        ) : (
          <>
            <Caution tone="look" title={t('noUndo')}>
              {t('purge.caution')}
            </Caution>
            <Buttons>
              <ActionButton tone="danger" type="submit" form={formId} disabled={!isReady || purge.isRunning}>
                {purge.isRunning ? t('purge.running') : buttonText(plan, t)}
              </ActionButton>
              <Button look="quiet" onClick={onClose}>
                {t('cancel')}
              </Button>
            </Buttons>
          </>
        )
      }
    >
      <Touches
        title={t('touches')}
        note={t('asOf', { time: formatTime(snapshot.observedAt) })}
        touches={touchesOf(queue, t)}
      />
      {purge.outcome ? (
        <Outcome>
          <Purged ready={purge.outcome.messagesReadyBefore} name={name} at={purge.doneAt} />
        </Outcome>
      ) : plan.possible ? (
        <form id={formId} onSubmit={submit}>
          <TextField
            label={<Trans t={t} i18nKey="typeName" values={{ name }} components={{ b: <b /> }} />}
            value={typed}
            onValue={setTyped}
            data-autofocus
          />
        </form>
      ) : (
        <Caution tone="idle" title={t(`purge.${plan.why}`)} />
      )}
      {purge.error ? <Refusal title={t('purge.refused', { name })} error={purge.error} /> : null}
    </Drawer>
  )
}

function buttonText(plan: ReturnType<typeof purgePlan>, t: TFunction<'actions'>): string {
  const ready = plan.possible ? plan.ready : 0
  if (ready === null) return t('purge.buttonUnknown')
  return t('purge.button', { count: ready, number: formatExact(ready) })
}

function touchesOf(queue: RabbitmqQueue, t: TFunction<'actions'>): readonly Touch[] {
  const { messagesReady, messagesUnacknowledged, publishRate } = queue
  const messages = (count: number | null, key: 'ready' | 'unacknowledged') =>
    count === null ? <Unknown /> : t(`purge.${key}`, { count, number: formatExact(count) })
  return [
    {
      id: 'dropped',
      label: t('purge.dropped'),
      exact: messagesReady,
      value: messages(messagesReady, 'ready'),
    },
    {
      id: 'kept',
      label: t('purge.kept'),
      exact: messagesUnacknowledged,
      value: messages(messagesUnacknowledged, 'unacknowledged'),
    },
    {
      id: 'arriving',
      label: t('purge.arriving'),
      exact: publishRate,
      value: publishRate === null ? <Unknown /> : rateText(publishRate),
    },
  ]
}

function Purged({ ready, name, at }: { ready: number | null; name: string; at: number | null }) {
  const { t } = useTranslation('actions')
  const time = formatTime(at)
  return ready === null ? (
    <Trans t={t} i18nKey="purge.doneUnknown" values={{ name, time }} components={{ b: <b /> }} />
  ) : (
    <Trans
      t={t}
      i18nKey="purge.done"
      count={ready}
      values={{ number: formatExact(ready), name, time }}
      components={{ b: <b /> }}
    />
  )
}
