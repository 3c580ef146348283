import type { RabbitmqQueue } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { asText } from '../../components/key-values.tsx'
import { Section } from '../../components/page.tsx'
import styles from '../../components/plain-table.module.css'

type Binding = RabbitmqQueue['bindings'][number]

/** What feeds the queue. Every queue is bound to the default exchange under its own name, which goes without saying. */
export function QueueBindings({ bindings }: { bindings: readonly Binding[] }) {
  const { t } = useTranslation()
  const told = bindings.filter((binding) => binding.source !== '')
  return (
    <Section title={t('rabbitmq.queue.bindings')}>
      {told.length === 0 ? (
        <p className="muted">{t('rabbitmq.queue.noBindings')}</p>
      ) : (
        <table className={`${styles.table} ${styles.compact}`} aria-label={t('rabbitmq.queue.bindings')}>
          <thead>
            <tr>
              <th>{t('rabbitmq.queue.columns.source')}</th>
              <th>{t('rabbitmq.queue.columns.routingKey')}</th>
              <th>{t('rabbitmq.queue.columns.arguments')}</th>
            </tr>
          </thead>
          <tbody>
            {told.map((binding) => (
              <tr key={asText([binding.source, binding.routingKey, binding.arguments])}>
                <td className="strong">{binding.source}</td>
                <td>
                  <code>{binding.routingKey}</code>
                </td>
                <td>
                  {Object.keys(binding.arguments).length > 0 ? (
                    <code>{asText(binding.arguments)}</code>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
