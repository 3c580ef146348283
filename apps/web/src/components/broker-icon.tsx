import type { BrokerKind } from '@weir/contract'
import styles from './icons.module.css'

const paths: Record<BrokerKind, string> = {
  rabbitmq: 'M2 5.5h4v5H2zM7.5 5.5h2v5h-2M11 8h3M12.4 6.4 14 8l-1.6 1.6',
  kafka: 'M2 4h8M2 8h12M2 12h6M12.5 3v2M10.5 11v2',
  mqtt: 'M3 12.6v.2M3 8a5 5 0 0 1 5 5M3 3.2A9.8 9.8 0 0 1 12.8 13',
}

export const brokerNames: Record<BrokerKind, string> = { rabbitmq: 'RabbitMQ', kafka: 'Kafka', mqtt: 'MQTT' }

/** Which of the three brokers: always beside a word that says it, so it is hidden from a screen reader. */
export function BrokerIcon({ kind, size = 16 }: { kind: BrokerKind; size?: number }) {
  return (
    <svg
      className={`${styles.icon} ${styles[kind]}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <path d={paths[kind]} />
    </svg>
  )
}
