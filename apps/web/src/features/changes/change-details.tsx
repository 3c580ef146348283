import type { AuditEntry } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { Caution } from '../../components/action/action-parts.tsx'
import { type MovedOffset, movedOffsets } from '../../components/changes/change-words.ts'
import { KeyValues } from '../../components/key-values.tsx'
import { Unknown } from '../../components/numbers.tsx'
import plain from '../../components/plain-table.module.css'
import { formatDateTime } from '../../lib/format.ts'
import styles from './changes-page.module.css'

/** What was there before and what is after, as it was written down, and how to find it in the server's log. */
export function ChangeDetails({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('actions')
  const { t: say } = useTranslation()
  const offsets = movedOffsets(entry)
  return (
    <>
      {entry.result === 'unknown' ? (
        <div className={styles.unknown}>
          <Caution tone="look" title={t('changes.unknownTitle')}>
            {t('changes.unknownText')}
          </Caution>
        </div>
      ) : null}
      {entry.result === 'failed' && entry.code ? (
        <div className={styles.unknown}>
          <Caution tone="act" title={`${say(`errors.${entry.code}.title`)}.`}>
            {t('changes.nothingChanged')}
          </Caution>
        </div>
      ) : null}
      {offsets ? (
        <Offsets offsets={offsets} />
      ) : (
        <div className={styles.columns}>
          <Values title={t('changes.before')} values={entry.before} />
          <Values title={t('changes.after')} values={entry.after} />
        </div>
      )}
      <p className={styles.request}>
        {t('changes.written', {
          time: formatDateTime(entry.at),
          procedure: entry.procedure,
          request: entry.requestId,
        })}
      </p>
    </>
  )
}

function Values({ title, values }: { title: string; values: AuditEntry['before'] }) {
  const { t } = useTranslation('actions')
  return (
    <div>
      <h3>{title}</h3>
      {values && Object.keys(values).length > 0 ? (
        <KeyValues label={title} values={values} />
      ) : (
        <p className="faint">{t('changes.notWritten')}</p>
      )}
    </div>
  )
}

function Offsets({ offsets }: { offsets: readonly MovedOffset[] }) {
  const { t } = useTranslation('actions')
  return (
    <table
      className={`${plain.table} ${plain.compact} ${styles.offsets}`}
      aria-label={t('changes.beforeAndAfter')}
    >
      <thead>
        <tr>
          <th>{t('reset.partition')}</th>
          <th className={plain.number}>{t('changes.before')}</th>
          <th className={plain.number}>{t('changes.after')}</th>
        </tr>
      </thead>
      <tbody>
        {offsets.map(({ partition, from, to }) => (
          <tr key={partition}>
            <td>{partition}</td>
            <td className={`${plain.number} muted`}>{from ?? <Unknown reason={t('reset.noCommit')} />}</td>
            <td className={plain.number}>{to ?? <Unknown reason={t('changes.nothingChanged')} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
