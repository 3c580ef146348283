import type { RabbitmqQueue } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { KeyValues } from '../../components/key-values.tsx'
import { Section } from '../../components/page.tsx'

/** How the queue was declared, what policies make of it, and where its copies are. */
export function QueueSettings({ queue }: { queue: RabbitmqQueue }) {
  const { t } = useTranslation()
  const policies = [
    queue.policy,
    queue.operatorPolicy && `${t('rabbitmq.queue.operatorPolicy')} ${queue.operatorPolicy}`,
  ]
  const named = policies.filter(Boolean).join(', ')
  return (
    <>
      <Section title={t('rabbitmq.queue.arguments')}>
        <ValuesOr
          values={queue.arguments}
          label={t('rabbitmq.queue.arguments')}
          otherwise={t('rabbitmq.queue.noArguments')}
        />
      </Section>
      <Section title={t('rabbitmq.queue.policy')} note={named === '' ? null : named}>
        <ValuesOr
          values={queue.effectivePolicy ?? {}}
          label={t('rabbitmq.queue.policy')}
          otherwise={named === '' ? t('rabbitmq.queue.noPolicy') : null}
        />
      </Section>
      {queue.members && queue.members.length > 0 ? (
        <Members members={queue.members} leader={queue.leader} />
      ) : null}
    </>
  )
}

function ValuesOr({
  values,
  label,
  otherwise,
}: {
  values: Readonly<Record<string, unknown>>
  label: string
  otherwise: string | null
}) {
  if (Object.keys(values).length > 0) return <KeyValues label={label} values={values} />
  return otherwise === null ? null : <p className="muted">{otherwise}</p>
}

function Members({ members, leader }: { members: readonly string[]; leader: string | null }) {
  const { t } = useTranslation()
  return (
    <Section title={t('rabbitmq.queue.members')}>
      <p className="muted">
        {members
          .map((member) => (member === leader ? `${member} (${t('rabbitmq.queue.leader')})` : member))
          .join(', ')}
      </p>
    </Section>
  )
}
