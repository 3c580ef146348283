import type { AttentionRow } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatSince } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { BrokerIcon } from '../broker-icon.tsx'
import { StateIcon } from '../state-icon.tsx'
import { StateWord } from '../state-word.tsx'
import { useIsPhone } from '../use-screen.ts'
import { AttentionLink } from './attention-link.tsx'
import styles from './attention-list.module.css'
import { ruleWords } from './rule-words.ts'

interface AttentionListProps {
  rows: readonly AttentionRow[]
  /** The instance's own name, by id. */
  instanceNames: ReadonlyMap<string, string>
}

/** What is wrong, worst first: what, what it means, since when, what to do, and the way there. */
export function AttentionList({ rows, instanceNames }: AttentionListProps) {
  const { t } = useTranslation()
  const isPhone = useIsPhone()
  if (rows.length === 0) return <NothingWrong />
  if (isPhone) {
    return (
      <div className={styles.issues}>
        {rows.map((row) => (
          <Issue key={row.key} row={row} instance={instanceNames.get(row.instanceId) ?? ''} />
        ))}
      </div>
    )
  }
  return (
    <table className={styles.table} aria-label={t('attention.title')}>
      <thead>
        <tr>
          <th style={{ width: 148 }}>{t('attention.columns.state')}</th>
          <th style={{ width: '27%' }}>{t('attention.columns.what')}</th>
          <th>{t('attention.columns.means')}</th>
          <th style={{ width: 92 }}>{t('attention.columns.since')}</th>
          <th>{t('attention.columns.todo')}</th>
          <th style={{ width: 112 }}>
            <span className="visually-hidden">{t('attention.open.instance')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.key} row={row} instance={instanceNames.get(row.instanceId) ?? ''} />
        ))}
      </tbody>
    </table>
  )
}

function NothingWrong() {
  const { t } = useTranslation()
  return (
    <p className={styles.nothing}>
      <StateIcon tone="ok" />
      {t('attention.nothing')} <span className="faint">{t('attention.nothingHint')}</span>
    </p>
  )
}

function Line({ row, instance }: { row: AttentionRow; instance: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const words = ruleWords(row, t)
  return (
    <tr data-key={row.key} data-rule={row.rule}>
      <td>
        <StateWord tone={row.severity}>{words.title}</StateWord>
      </td>
      <td>
        <Subject row={row} instance={instance} />
        <p>{words.what}</p>
      </td>
      <td>{words.means}</td>
      <td>
        <span className="strong">{formatSince(row.since, now)}</span>
        <p className="faint">{formatDuration(now - row.since)}</p>
      </td>
      <td>{words.todo}</td>
      <td className={styles.action}>
        <AttentionLink row={row} />
      </td>
    </tr>
  )
}

/** The thing itself: its kind, its name, and whose it is. */
function Subject({ row, instance }: { row: AttentionRow; instance: string }) {
  const { t } = useTranslation()
  const { name } = row.figures
  const { object } = ruleWords(row, t)
  return (
    <p className={styles.subject}>
      <BrokerIcon kind={row.kind} size={14} />
      <strong>{name ?? instance}</strong>
      <span className="faint">
        {object}
        {row.object === null ? null : ` ${t('attention.in', { instance })}`}
      </span>
    </p>
  )
}

function Issue({ row, instance }: { row: AttentionRow; instance: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const words = ruleWords(row, t)
  const stop = t('attention.stop')
  return (
    <article className={styles.issue} data-key={row.key} data-rule={row.rule}>
      <p className={styles.issueTop}>
        <StateWord tone={row.severity}>{words.title}</StateWord>
        <span className="faint" title={formatSince(row.since, now)}>
          {formatDuration(now - row.since)}
        </span>
      </p>
      <Subject row={row} instance={instance} />
      <p>
        <span className="strong">
          {words.what}
          {stop}
        </span>
        {words.means}
        {stop}
        {words.todo}
        {stop.trimEnd()}
      </p>
      <AttentionLink row={row} />
    </article>
  )
}
