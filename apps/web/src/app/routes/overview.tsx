import { lazy, Suspense } from 'react'
import { useInstance } from './instance-gate.tsx'

const pages = {
  rabbitmq: lazy(() =>
    import('../../features/rabbitmq-overview/rabbitmq-overview-page.tsx').then((part) => ({
      default: part.RabbitmqOverviewPage,
    })),
  ),
  kafka: lazy(() =>
    import('../../features/kafka-overview/kafka-overview-page.tsx').then((part) => ({
      default: part.KafkaOverviewPage,
    })),
  ),
  mqtt: lazy(() =>
    import('../../features/mqtt-overview/mqtt-overview-page.tsx').then((part) => ({
      default: part.MqttOverviewPage,
    })),
  ),
}

/** The one page that every kind of instance has, each in its own words. */
export function OverviewRoute() {
  const instance = useInstance()
  const Page = pages[instance.kind]
  return (
    <Suspense fallback={null}>
      <Page key={instance.id} instanceId={instance.id} />
    </Suspense>
  )
}
