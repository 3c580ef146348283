import type { MqttOverview } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { type Figure, FigureRow } from '../../components/figure-row.tsx'
import { bytesRateFigure, countFigure, rateFigure } from '../../components/figure-values.tsx'
import { countText, formatAge, formatExact } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { isShare } from './mqtt-overview-page.tsx'

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

type Translate = ReturnType<typeof useTranslation>['t']

function wholeBroker(broker: MqttOverview, t: Translate): Figure[] {
  const { publishDroppedPerSecond, publishDropped } = broker
  const word = (
    name:
      | 'disconnected'
      | 'subscriptions'
      | 'retained'
      | 'publishIn'
      | 'publishOut'
      | 'bytesIn'
      | 'bytesOut'
      | 'dropped',
  ) => t(`mqtt.overview.${name}`)
  return [
    countFigure('clientsDisconnected', word('disconnected'), broker.clientsDisconnected, {
      note: t('mqtt.overview.disconnectedNote'),
    }),
    countFigure('subscriptions', word('subscriptions'), broker.subscriptions),
    countFigure('retainedMessages', word('retained'), broker.retainedMessages, {
      note: t('mqtt.overview.retainedNote'),
    }),
    rateFigure('publishReceivedPerSecond', word('publishIn'), broker.publishReceivedPerSecond),
    rateFigure('publishSentPerSecond', word('publishOut'), broker.publishSentPerSecond),
    bytesRateFigure('bytesReceivedPerSecond', word('bytesIn'), broker.bytesReceivedPerSecond),
    bytesRateFigure('bytesSentPerSecond', word('bytesOut'), broker.bytesSentPerSecond),
    rateFigure('publishDroppedPerSecond', word('dropped'), publishDroppedPerSecond, {
      note:
        publishDropped === null
          ? null
          : t('mqtt.overview.droppedSince', { number: countText(publishDropped) }),
      ...(publishDroppedPerSecond ? { tone: 'look' } : {}),
    }),
  ]
}
