import { Link } from '@tanstack/react-router'
import { queueKey, type RabbitmqQueue, type View } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectState } from '../../components/attention/object-state.tsx'
import { buttonClass } from '../../components/button.tsx'
import { LiveView } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { RecordSkeleton } from '../../components/record-skeleton.tsx'
import { queueStanding } from '../../components/standing/queue-standing.ts'
import { paths } from '../../lib/paths.ts'
import { useLive } from '../../live/use-live.ts'
import { QueueBindings } from './queue-bindings.tsx'
import { QueueCharts } from './queue-charts.tsx'
import { QueueConsumers } from './queue-consumers.tsx'
import { QueueFigures } from './queue-figures.tsx'
import { QueueSettings } from './queue-settings.tsx'

interface QueuePageProps {
  instanceId: string
  vhost: string
  name: string
  /** What can be done to it. */
  actions?: ReactNode
}

/** One queue: how deep, how fast, who consumes it, what feeds it, and how it is set. */
export function QueuePage({ instanceId, vhost, name, actions }: QueuePageProps) {
  const { t } = useTranslation()
  const view: View & { type: 'rabbitmq.queue' } = { type: 'rabbitmq.queue', vhost, name }
  const live = useLive({ instanceId }, view)
  const queue = 'snapshot' in live ? live.snapshot?.record : undefined
  return (
    <Page title={name} meta={queue ? facts(queue, t) : []} actions={actions}>
      <LiveView
        live={live}
        skeleton={<RecordSkeleton />}
        refusal={(code) =>
          code === 'NOT_FOUND' || code === 'BROKER_NOT_FOUND' ? <Gone instanceId={instanceId} /> : null
        }
      >
        {({ record, series, observedAt }, isStale) => (
          <>
            <QueueFigures queue={record} observedAt={observedAt} />
            <QueueCharts series={series} observedAt={observedAt} isStale={isStale} />
            <QueueConsumers consumers={record.consumersList} />
            <QueueBindings bindings={record.bindings} />
            <QueueSettings queue={record} />
          </>
        )}
      </LiveView>
    </Page>
  )
}

function facts(queue: RabbitmqQueue, t: TFunction) {
  return [
    <ObjectState
      key="state"
      objectKey={queueKey(queue.vhost, queue.name)}
      standing={queueStanding(queue, t)}
    />,
    queue.type,
    t('rabbitmq.queue.inVhost', { vhost: queue.vhost }),
    t(`rabbitmq.queues.durable.${queue.durable}`),
    queue.exclusive === true && t('rabbitmq.queue.exclusive'),
    queue.autoDelete && t('rabbitmq.queue.autoDelete'),
    queue.leader !== null && t('rabbitmq.queue.onNode', { node: queue.leader }),
  ]
}

function Gone({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  return (
    <Blank
      tone="look"
      title={t('rabbitmq.queue.gone.title')}
      action={
        <Link {...paths.queues(instanceId)} className={buttonClass()}>
          {t('rabbitmq.queue.gone.action')}
        </Link>
      }
    >
      <p>{t('rabbitmq.queue.gone.text')}</p>
    </Blank>
  )
}
