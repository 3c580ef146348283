import type { Instance, KafkaTopicRow } from '@weir/contract'
import { type FormEvent, useId, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { ActionButton } from '../../components/action/action-button.tsx'
import { Buttons, Caution, Outcome, Refusal } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { Drawer } from '../../components/drawer/drawer.tsx'
import { queries } from '../../lib/api.ts'
import { formatExact, formatTime } from '../../lib/format.ts'
import { useAction } from '../../lib/use-action.ts'
import { prefixOf, readDraft, type TopicDraft, usualReplicas } from './topic-draft.ts'
import { TopicForm } from './topic-form.tsx'

interface CreateTopicDrawerProps {
  instance: Extract<Instance, { kind: 'kafka' }>
  rows: ReadonlyMap<string, KafkaTopicRow>
  onClose: () => void
}

const PARTITIONS_AT_FIRST = '3'

/** A new topic. The broker can be asked whether it would make it, before it does. */
export function CreateTopicDrawer({ instance, rows, onClose }: CreateTopicDrawerProps) {
  const { t } = useTranslation('actions')
  const formId = useId()
  const prefix = prefixOf(instance.scope)
  const [draft, setDraft] = useState<TopicDraft>(() => ({
    ...{ name: '', partitions: PARTITIONS_AT_FIRST, replicationFactor: String(usualReplicas(rows.values())) },
    ...{ cleanupPolicy: 'delete', retention: 'default', ownSpan: '', ownUnit: 'h' },
  }))
  const check = useAction(queries.kafka.createTopic.mutationOptions())
  const create = useAction(queries.kafka.createTopic.mutationOptions())
  const { topic, mistakes } = readDraft(draft, prefix, new Set(rows.keys()))
  const change = (next: TopicDraft) => {
    // What the broker said of another topic says nothing about this one.
    check.reset()
    create.reset()
    setDraft(next)
  }
  const ask = (action: typeof check, validateOnly: boolean) => {
    if (topic) void action.run({ instanceId: instance.id, ...topic, validateOnly })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isRunning) ask(create, false)
  }
  if (create.outcome) {
    return (
      <Drawer
        title={t('newTopic.title')}
        subject={instance.name}
        onClose={onClose}
        footer={
          <Buttons>
            <Button onClick={onClose}>{t('close')}</Button>
          </Buttons>
        }
      >
        <Created topic={create.outcome.topic} at={create.doneAt} row={rows.get(create.outcome.topic)} />
      </Drawer>
    )
  }
  return (
    <Drawer
      title={t('newTopic.title')}
      subject={instance.name}
      onClose={onClose}
      footer={
        <Buttons>
          <ActionButton type="submit" form={formId} disabled={!topic || create.isRunning}>
            {create.isRunning
              ? t('newTopic.running')
              : topic
                ? t('newTopic.button', { topic: topic.topic })
                : t('newTopic.buttonEmpty')}
          </ActionButton>
          <Button disabled={!topic || check.isRunning} onClick={() => ask(check, true)}>
            {check.isRunning ? t('newTopic.checking') : t('newTopic.check')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
        </Buttons>
      }
    >
      <TopicForm {...{ formId, draft, prefix, mistakes }} onSubmit={submit} onDraft={change} />
      {check.outcome ? (
        <Outcome>
          <Trans
            t={t}
            i18nKey="newTopic.checked"
            values={{ time: formatTime(check.doneAt) }}
            components={{ b: <b /> }}
          />
        </Outcome>
      ) : null}
      {check.error ? <Refusal title={t('newTopic.wouldRefuse')} error={check.error} /> : null}
      {create.error ? <Refusal title={t('newTopic.refused')} error={create.error} /> : null}
    </Drawer>
  )
}

interface CreatedProps {
  topic: string
  at: number | null
  /** Its row in the list, once the broker told of it. */
  row: KafkaTopicRow | undefined
}

function Created({ topic, at, row }: CreatedProps) {
  const { t } = useTranslation('actions')
  return (
    <>
      <Outcome>
        <Trans
          t={t}
          i18nKey="newTopic.done"
          values={{ topic, time: formatTime(at) }}
          components={{ b: <b /> }}
        />
      </Outcome>
      {row ? (
        <Caution
          tone="fresh"
          title={t('newTopic.seen', { count: row.partitions, number: formatExact(row.partitions) })}
        />
      ) : (
        <Caution tone="stale" title={t('newTopic.notSeen')} />
      )}
    </>
  )
}
