import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AuditEntry, Instance } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { BrokerIcon } from '../../components/broker-icon.tsx'
import { ChangeLines } from '../../components/changes/change-lines.tsx'
import { doneWord, Result, sizeText, Target } from '../../components/changes/change-parts.tsx'
import { Section } from '../../components/page.tsx'
import plain from '../../components/plain-table.module.css'
import { useIsPhone } from '../../components/use-screen.ts'
import { queries } from '../../lib/api.ts'
import { formatDateTime, formatSince } from '../../lib/format.ts'
import { paths } from '../../lib/paths.ts'
import { useNow } from '../../live/use-live.ts'
import { newestOf } from './newest-of.ts'
import styles from './what-changed.module.css'

const SHOWN = 5
const ASK_AGAIN_MS = 10_000

/** The newest changes of a tenant's instances; nothing at all where nothing was changed. */
export function WhatChanged({ instances }: { instances: readonly Instance[] }) {
  const { t } = useTranslation('actions')
  const isPhone = useIsPhone()
  const lists = useQueries({
    queries: instances.map(({ id }) =>
      queries.audit.list.queryOptions({
        input: { instanceId: id, pageSize: SHOWN },
        ...{ staleTime: 0, refetchInterval: ASK_AGAIN_MS },
      }),
    ),
  })
  const newest = newestOf(
    lists.map((list) => list.data ?? []),
    SHOWN,
  )
  if (newest.length === 0) return null
  return (
    <Section title={t('changes.whatChanged')} note={t('changes.newestFirst')}>
      {isPhone ? (
        <ChangeLines label={t('changes.whatChanged')} entries={newest} />
      ) : (
        <ChangeTable entries={newest} instances={instances} />
      )}
    </Section>
  )
}

interface ChangeTableProps {
  entries: readonly AuditEntry[]
  instances: readonly Instance[]
}

function ChangeTable({ entries, instances }: ChangeTableProps) {
  const { t } = useTranslation('actions')
  return (
    <table className={plain.table} aria-label={t('changes.whatChanged')}>
      <thead>
        <tr>
          <th className={styles.when}>{t('changes.columns.when')}</th>
          <th className={styles.who}>{t('changes.columns.who')}</th>
          <th className={styles.what}>{t('changes.columns.what')}</th>
          <th>{t('changes.columns.target')}</th>
          <th className={styles.size}>{t('changes.columns.size')}</th>
          <th className={styles.result}>{t('changes.columns.result')}</th>
          <th className={styles.where}>{t('changes.columns.instance')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} instance={instances.find(({ id }) => id === entry.instanceId)} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ entry, instance }: { entry: AuditEntry; instance: Instance | undefined }) {
  const { t } = useTranslation('actions')
  const now = useNow(60_000)
  return (
    <tr data-procedure={entry.procedure} data-result={entry.result}>
      <td className="faint" title={formatDateTime(entry.at)}>
        {formatSince(entry.at, now)}
      </td>
      <td>{entry.actor}</td>
      <td className="muted">{doneWord(entry, t)}</td>
      <td>
        <span className={styles.target}>
          {instance ? <BrokerIcon kind={instance.kind} size={14} /> : null}
          <Target entry={entry} />
        </span>
      </td>
      <td className="muted">{sizeText(entry, t)}</td>
      <td>
        <Result entry={entry} />
      </td>
      <td>
        {instance ? (
          <Link {...paths.changes(instance.id)} className="link">
            {t('changes.allOf', { instance: instance.name })}
          </Link>
        ) : null}
      </td>
    </tr>
  )
}
