import type { RabbitmqQueue } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { Unknown } from '../../components/numbers.tsx'
import { Section } from '../../components/page.tsx'
import styles from '../../components/plain-table.module.css'
import { formatExact } from '../../lib/format.ts'

type Consumer = RabbitmqQueue['consumersList'][number]

export function QueueConsumers({ consumers }: { consumers: readonly Consumer[] }) {
  const { t } = useTranslation()
  const column = (name: 'consumerTag' | 'peer' | 'user' | 'channel' | 'prefetch' | 'ack' | 'active') =>
    t(`rabbitmq.queue.columns.${name}`)
  return (
    <Section
      title={t('rabbitmq.queue.consumers')}
      note={consumers.length > 0 ? formatExact(consumers.length) : null}
    >
      {consumers.length === 0 ? (
        <p className="muted">{t('rabbitmq.queue.noConsumers')}</p>
      ) : (
        <table className={`${styles.table} ${styles.compact}`} aria-label={t('rabbitmq.queue.consumers')}>
          <thead>
            <tr>
              <th>{column('consumerTag')}</th>
              <th>{column('peer')}</th>
              <th className={styles.wide}>{column('user')}</th>
              <th className={styles.number}>{column('prefetch')}</th>
              <th className={styles.wide}>{column('ack')}</th>
              <th className={styles.wide}>{column('active')}</th>
            </tr>
          </thead>
          <tbody>
            {consumers.map((consumer) => (
              <ConsumerRow key={`${consumer.channel} ${consumer.consumerTag}`} consumer={consumer} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function ConsumerRow({ consumer }: { consumer: Consumer }) {
  const { t } = useTranslation()
  const { consumerTag, channel, peer, user, prefetchCount, ackRequired, active } = consumer
  return (
    <tr>
      <td title={`${consumerTag}\n${channel}`} className="strong">
        {consumerTag}
      </td>
      <td>{peer ?? <Unknown />}</td>
      <td className={styles.wide}>{user ?? <Unknown />}</td>
      <td className={styles.number}>
        {prefetchCount === null ? (
          <Unknown />
        ) : prefetchCount === 0 ? (
          t('rabbitmq.queue.unlimited')
        ) : (
          formatExact(prefetchCount)
        )}
      </td>
      <td className={`muted ${styles.wide}`}>{t(`rabbitmq.queue.ackRequired.${ackRequired}`)}</td>
      <td className={`muted ${styles.wide}`}>
        {active === null ? <Unknown /> : t(`rabbitmq.queue.active.${active}`)}
      </td>
    </tr>
  )
}
