import type { MqttOverview } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Figure, FigureRow } from '../../components/figure-row.tsx'
import { bytesRateFigure, countFigure, rateFigure } from '../../components/figure-values.tsx'
import { countText, formatAge, formatExact } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { isShare } from './is-share.ts'

/** Each value with its own age on hover: the broker sends it only when it changes. */
export function MqttFigures({ broker }: { broker: MqttOverview }) {
  const { t } = useTranslation()
  const now = useNow()
  const listed = known(broker)
  const connected = countFigure('clientsConnected', t('mqtt.overview.connected'), broker.clientsConnected, {
    note: listed ? t('mqtt.overview.listed', listed) : null,
  })
  const figures: Figure[] = isShare(broker) ? [connected] : [connected, ...wholeBroker(broker, t)]
  return (
    <FigureRow
      label={t('mqtt.overview.figures')}
      figures={figures.map((figure) => ({ ...figure, hint: ageOf(figure.field) }))}
    />
  )

  function ageOf(field: string): string {
    const at = broker.observedAt[field]
    return at === undefined
      ? t('mqtt.overview.valueNever')
      : t('mqtt.overview.valueAge', { topic: field, age: formatAge(now - at) })
  }
}

/** Told only where the list and the count differ. */
function known({
  clientsSeen,
  clientsConnected,
}: MqttOverview): { seen: string; connected: string } | undefined {
  if (clientsSeen === null || clientsConnected === null || clientsSeen === clientsConnected) return undefined
  return { seen: formatExact(clientsSeen), connected: formatExact(clientsConnected) }
}

function wholeBroker(broker: MqttOverview, t: TFunction): Figure[] {
  const { publishDroppedPerSecond, publishDropped } = broker
  return [
    countFigure('clientsDisconnected', t('mqtt.overview.disconnected'), broker.clientsDisconnected, {
      note: t('mqtt.overview.disconnectedNote'),
    }),
    countFigure('subscriptions', t('mqtt.overview.subscriptions'), broker.subscriptions),
    countFigure('retainedMessages', t('mqtt.overview.retained'), broker.retainedMessages, {
      note: t('mqtt.overview.retainedNote'),
    }),
    rateFigure('publishReceivedPerSecond', t('mqtt.overview.publishIn'), broker.publishReceivedPerSecond),
    rateFigure('publishSentPerSecond', t('mqtt.overview.publishOut'), broker.publishSentPerSecond),
    bytesRateFigure('bytesReceivedPerSecond', t('mqtt.overview.bytesIn'), broker.bytesReceivedPerSecond),
    bytesRateFigure('bytesSentPerSecond', t('mqtt.overview.bytesOut'), broker.bytesSentPerSecond),
    rateFigure('publishDroppedPerSecond', t('mqtt.overview.dropped'), publishDroppedPerSecond, {
      note:
        publishDropped === null
          ? null
          : t('mqtt.overview.droppedSince', { number: countText(publishDropped) }),
      ...(publishDroppedPerSecond ? { tone: 'look' } : {}),
    }),
  ]
}
