import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatExact } from '../../lib/format.ts'
import { paths } from '../../lib/paths.ts'
import plain from '../plain-table.module.css'
import { StateWord } from '../state-word.tsx'
import { procedureOf, sizeOf, targetOf } from './change-words.ts'

type T = TFunction<'actions'>

/** `purged`, `reset offsets of`: what was done, in one word where it can be. */
export function doneWord(entry: AuditEntry, t: T): string {
  const procedure = procedureOf(entry)
  return procedure === null ? entry.procedure : t(`changes.procedures.${procedure}`)
}

/** What it was done to, as a link where there is a page of it. */
export function Target({ entry }: { entry: AuditEntry }) {
  const target = targetOf(entry)
  const { instanceId } = entry
  switch (target.kind) {
    case 'queue':
      return (
        <Link
          {...paths.queue(instanceId, target.vhost, target.name)}
          className={plain.name}
          title={target.name}
        >
          {target.name}
        </Link>
      )
    case 'group':
      return (
        <>
          <Link {...paths.group(instanceId, target.name)} className={plain.name} title={target.name}>
            {target.name}
          </Link>
          <span className={plain.sub}>{target.topic}</span>
        </>
      )
    case 'topic':
    case 'user':
    case 'other':
      return (
        <span className={plain.name} title={target.name}>
          {target.name}
        </span>
      )
  }
}

export function Result({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('actions')
  const { t: say } = useTranslation()
  switch (entry.result) {
    case 'done':
      return <StateWord tone="ok">{t('changes.results.done')}</StateWord>
    case 'failed':
      return (
        <StateWord tone="act" {...(entry.code ? { title: say(`errors.${entry.code}.title`) } : {})}>
          {entry.code
            ? t('changes.failedBecause', { why: say(`errors.${entry.code}.short`) })
            : t('changes.results.failed')}
        </StateWord>
      )
    case 'unknown':
      return (
        <StateWord tone="look" title={t('changes.unknownText')}>
          {t('changes.results.unknown')}
        </StateWord>
      )
  }
}

/** How large it was: `312 messages`. Null where that isn't known, or it wasn't done. */
export function sizeText(entry: AuditEntry, t: T): string | null {
  const count = sizeOf(entry)
  const procedure = procedureOf(entry)
  if (count === null || procedure === null || procedure === 'enableUser') return null
  return t(`changes.sizes.${procedure}`, { count, number: formatExact(count) })
}
