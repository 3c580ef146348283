import { Link } from '@tanstack/react-router'
import type { SummaryRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import { type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatExact, formatSince } from '../../lib/format.ts'
import { pointsOf } from '../../live/series.ts'
import { useNow } from '../../live/use-live.ts'
import { BrokerIcon, brokerNames } from '../broker-icon.tsx'
import { Duration, Magnitude, Rate, Unknown } from '../numbers.tsx'
import styles from '../plain-table.module.css'
import { Sparkline } from '../sparkline.tsx'
import type { Tone } from '../state-icon.tsx'
import { StateWord } from '../state-word.tsx'
import { ToDrain } from '../to-drain.tsx'
import { UnavailableContext } from '../unavailable-context.ts'
import type { SummaryTableProps } from './summary-table-props.ts'

type RowProps = SummaryTableProps & { row: SummaryRow }

export function SummaryTableRow(props: RowProps) {
  const { t } = useTranslation()
  const { row, sourceHints } = props
  const hint = sourceHints.get(row.instanceId)
  const worst = props.attention.find((one) => one.instanceId === row.instanceId)
  const number = (field: string, value: number | null, children: ReactNode) => (
    <td className={styles.number} data-field={field} data-value={value ?? ''} title={hint}>
      {children}
    </td>
  )
  return (
    <tr
      className={row.state === 'stale' || row.state === 'refused' ? styles.stale : undefined}
      data-key={row.key}
    >
      <td>
        <SummaryName row={row} />
        <About row={row} />
      </td>
      <td data-field="state" data-value={row.state}>
        <SummaryState {...props} />
      </td>
      {number('backlog', row.backlog, <Magnitude value={row.backlog} reason={noBacklogReason(row, t)} />)}
      {number('inPerSecond', row.inPerSecond, <Rate value={row.inPerSecond} />)}
      {number('outPerSecond', row.outPerSecond, <Rate value={row.outPerSecond} />)}
      {number('consumers', row.consumers, <Consumers row={row} />)}
      {number('oldestAgeMs', row.oldestAgeMs, <Duration value={row.oldestAgeMs} />)}
      {number('drainMs', row.drainMs, <ToDrain {...row} tone={worst?.severity} />)}
      <td className={styles.number}>
        <SummarySparkline {...props} width={136} />
      </td>
    </tr>
  )
}

/** Straight to the page of the instance that is looked at most. */
export function SummaryName({ row }: { row: SummaryRow }) {
  return (
    <Link to="/i/$instanceId" params={{ instanceId: row.instanceId }} className={styles.name}>
      <BrokerIcon kind={row.kind} />
      {row.name}
    </Link>
  )
}

/** `RabbitMQ 4.1.2 · 31 queues`; where there is no broker, why. */
function About({ row }: { row: SummaryRow }) {
  const { t } = useTranslation()
  const reason = useContext(UnavailableContext).get(row.clusterId)
  const version = `${brokerNames[row.kind]}${row.version === null ? '' : ` ${row.version}`}`
  const objects = row.objects === null ? null : t(`summary.objects.${row.kind}`, { count: row.objects })
  const text = reason ?? [version, objects].filter((part) => part !== null).join(' · ')
  return (
    <span className={`${styles.sub} ${reason === undefined ? styles.wide : ''}`} title={text}>
      {text}
    </span>
  )
}

function noBacklogReason(row: SummaryRow, t: TFunction): string {
  return row.kind === 'mqtt' ? t('summary.noBacklog') : t('table.unknown')
}

function Consumers({ row }: { row: SummaryRow }) {
  const { t } = useTranslation()
  if (row.consumers === null) return <Unknown />
  return (
    <>
      {formatExact(row.consumers)}{' '}
      <span className="faint">{t(`summary.consumers.${row.kind}`, { count: row.consumers })}</span>
    </>
  )
}

/** What is wrong with it, or how it stands. */
export function SummaryState({ row, attention }: Pick<RowProps, 'row' | 'attention'>) {
  const { t } = useTranslation()
  const now = useNow()
  const [worst, ...others] = attention.filter((one) => one.instanceId === row.instanceId)
  const why = row.code === null ? undefined : t(`errors.${row.code}.title`)
  if (row.state === 'stale' && row.since !== null) {
    return (
      <StateWord tone="stale" {...(why ? { title: `${why}, ${formatSince(row.since, now)}` } : {})}>
        {t('summary.staleFor', { duration: formatDuration(now - row.since) })}
      </StateWord>
    )
  }
  if (row.state !== 'live') {
    return (
      <StateWord tone={standing[row.state]} {...(why ? { title: why } : {})}>
        {t(`summary.state.${row.state}`)}
      </StateWord>
    )
  }
  if (!worst) return <StateWord tone="ok">{t('summary.state.live')}</StateWord>
  const titles = [worst, ...others].map(
    (one) => `${t(`attention.rules.${one.rule}.title`)}: ${one.figures.name ?? ''}`,
  )
  return (
    <StateWord tone={worst.severity} title={titles.join('\n')}>
      {t(`attention.rules.${worst.rule}.title`).toLocaleLowerCase()}
      {others.length > 0 ? ` +${others.length}` : null}
    </StateWord>
  )
}

const standing = {
  live: 'ok',
  waiting: 'idle',
  stale: 'stale',
  refused: 'act',
  unavailable: 'stale',
} as const satisfies Record<SummaryRow['state'], Tone>

/** The backlog's last 15 minutes; where the broker tells none, what comes in. */
export function SummarySparkline({
  row,
  series,
  observedAt,
  attention,
  width,
}: RowProps & { width: number }) {
  const { t } = useTranslation()
  const field = row.kind === 'mqtt' ? 'inPerSecond' : 'backlog'
  const worst = attention.find((one) => one.instanceId === row.instanceId)
  const now = useNow()
  const isLive = row.state === 'live'
  const caption =
    field === 'backlog' || width < 100 || row.inPerSecond === null ? null : (
      <span className={styles.caption}>{t('summary.chartIn')}</span>
    )
  return (
    <>
      {caption}
      <Sparkline
        points={pointsOf(series, field, row.key)}
        until={isLive ? observedAt : now}
        staleSince={isLive ? null : row.since}
        tone={worst?.severity}
        width={caption ? width - 40 : width}
      />
    </>
  )
}
