import type { MqttClientRow, SourceState } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice.tsx'
import { formatExact, formatSince } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'

interface HonestListProps {
  rows: ReadonlyMap<string, MqttClientRow>
  source: SourceState | undefined
  /** What the broker itself counts; null where it isn't told. */
  connected: number | null
}

/** No broker keeps a list of its clients: this says since when ours is one, and whether any are missing from it. */
export function HonestList({ rows, source, connected }: HonestListProps) {
  const { t } = useTranslation()
  const now = useNow()
  const seenSince = rows.values().next().value?.seenSince ?? null
  if (seenSince === null) return null
  const isPartial = source?.complete === false
  const listed = rows.size
  return (
    <Notice
      tone={isPartial ? 'look' : 'stale'}
      title={
        isPartial
          ? `${t('mqtt.clients.partial')} ${t('mqtt.clients.seenSince', { time: formatSince(seenSince, now) })}`
          : t('mqtt.clients.seenSince', { time: formatSince(seenSince, now) })
      }
    >
      {isPartial
        ? connected !== null && connected > listed
          ? t('mqtt.clients.partialText', { connected: formatExact(connected), listed: formatExact(listed) })
          : t('mqtt.clients.partialUnknown')
        : t('mqtt.clients.seenSinceText')}
    </Notice>
  )
}
