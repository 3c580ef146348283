import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@weir/contract'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { ChangeLines } from '../../components/changes/change-lines.tsx'
import { doneWord, Result, sizeText, Target } from '../../components/changes/change-parts.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { AfterAWhile } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import plain from '../../components/plain-table.module.css'
import { useIsPhone } from '../../components/use-screen.ts'
import { queries } from '../../lib/api.ts'
import { formatDateTime, formatSince } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { ChangeDetails } from './change-details.tsx'
import styles from './changes-page.module.css'

const PAGE_SIZE = 200
/** Others change things too. */
const ASK_AGAIN_MS = 10_000

/** What was changed through Weir on one instance, newest first, whoever did it. */
export function ChangesPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation('actions')
  const changes = useQuery(
    queries.audit.list.queryOptions({
      input: { instanceId, pageSize: PAGE_SIZE },
      ...{ staleTime: 0, refetchInterval: ASK_AGAIN_MS },
    }),
  )
  const entries = changes.data
  const unknown = entries?.filter((entry) => entry.result === 'unknown').length ?? 0
  return (
    <Page
      title={t('changes.title')}
      meta={
        entries
          ? [
              entries.length === PAGE_SIZE
                ? t('changes.newest', { count: PAGE_SIZE })
                : t('changes.count', { count: entries.length }),
              unknown > 0 && <span className="look">{t('changes.unknownCount', { count: unknown })}</span>,
            ]
          : []
      }
    >
      {changes.error && !entries ? (
        <Refusal title={t('changes.notTold')} error={changes.error} />
      ) : !entries ? (
        <AfterAWhile>
          <TableSkeleton />
        </AfterAWhile>
      ) : entries.length === 0 ? (
        <Blank title={t('changes.empty')}>
          <p>{t('changes.emptyText')}</p>
        </Blank>
      ) : (
        <ChangeTable entries={entries} />
      )}
    </Page>
  )
}

function ChangeTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('actions')
  const isPhone = useIsPhone()
  const [opened, setOpened] = useState<string | null>(null)
  const toggle = (id: string) => setOpened(opened === id ? null : id)
  if (isPhone) {
    return (
      <ChangeLines
        label={t('changes.title')}
        entries={entries}
        more={({ id }) => <More isOpen={opened === id} onToggle={() => toggle(id)} />}
        below={(entry) =>
          opened === entry.id ? (
            <div className={styles.below}>
              <ChangeDetails entry={entry} />
            </div>
          ) : null
        }
      />
    )
  }
  return (
    <table className={`${plain.table} ${plain.hover}`} aria-label={t('changes.title')}>
      <thead>
        <tr>
          <th className={styles.when}>{t('changes.columns.when')}</th>
          <th className={styles.who}>{t('changes.columns.who')}</th>
          <th className={styles.what}>{t('changes.columns.what')}</th>
          <th>{t('changes.columns.target')}</th>
          <th className={styles.size}>{t('changes.columns.size')}</th>
          <th className={styles.result}>{t('changes.columns.result')}</th>
          <th className={styles.more}>
            <span className="visually-hidden">{t('changes.columns.details')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Fragment key={entry.id}>
            <ChangeRow entry={entry} isOpen={opened === entry.id} onToggle={() => toggle(entry.id)} />
            {opened === entry.id ? (
              <tr>
                <td colSpan={7} className={styles.details}>
                  <ChangeDetails entry={entry} />
                </td>
              </tr>
            ) : null}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

interface ChangeRowProps {
  entry: AuditEntry
  isOpen: boolean
  onToggle: () => void
}

function ChangeRow({ entry, isOpen, onToggle }: ChangeRowProps) {
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
        <Target entry={entry} />
      </td>
      <td className="muted">{sizeText(entry, t)}</td>
      <td>
        <Result entry={entry} />
      </td>
      <td>
        <More isOpen={isOpen} onToggle={onToggle} />
      </td>
    </tr>
  )
}

function More({ isOpen, onToggle }: Pick<ChangeRowProps, 'isOpen' | 'onToggle'>) {
  const { t } = useTranslation('actions')
  const Icon = isOpen ? IconChevronDown : IconChevronRight
  return (
    <Button look="icon" aria-expanded={isOpen} aria-label={t('changes.columns.details')} onClick={onToggle}>
      <Icon size={14} aria-hidden="true" />
    </Button>
  )
}
