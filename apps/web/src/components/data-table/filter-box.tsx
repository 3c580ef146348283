import { IconFilter2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterError } from '../../lib/filter.ts'
import { formatExact } from '../../lib/format.ts'
import { StateIcon } from '../state-icon.tsx'
import styles from './data-table.module.css'

interface FilterBoxProps {
  value: string
  onChange: (text: string) => void
  errors: readonly FilterError[]
  fields: readonly string[]
  example: string
  shown: number
  total: number
}

const SETTLED_MS = 150
const ERRORS_ID = 'filter-errors'

/** The filter as it is typed; it goes into the URL, and so to work, when the typing pauses. */
export function FilterBox({ value, onChange, errors, fields, example, shown, total }: FilterBoxProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const [lastValue, setLastValue] = useState(value)
  if (value !== lastValue) {
    // Changed from elsewhere: the back button, a link, "clear".
    setLastValue(value)
    setText(value)
  }
  useEffect(() => {
    if (text === value) return undefined
    const timer = setTimeout(() => {
      setLastValue(text)
      onChange(text)
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  const isWrong = errors.length > 0
  return (
    <label
      className={styles.field}
      data-wrong={isWrong || undefined}
      title={t('table.filterFields', { fields: fields.join(', ') })}
    >
      <IconFilter2 size={14} aria-hidden="true" />
      <span className="visually-hidden">{t('table.filter')}</span>
      <input
        type="search"
        value={text}
        placeholder={example}
        onChange={(event) => setText(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        aria-invalid={isWrong}
        aria-describedby={isWrong ? ERRORS_ID : undefined}
      />
      <span className={styles.fieldEnd}>
        {t('table.shownOf', { shown: formatExact(shown), total: formatExact(total) })}
      </span>
    </label>
  )
}

/** What of the filter cannot be read, and why; it isn't applied until it can. */
export function FilterErrors({
  errors,
  fields,
}: {
  errors: readonly FilterError[]
  fields: readonly string[]
}) {
  const { t } = useTranslation()
  if (errors.length === 0) return null
  return (
    <ul className={styles.mistakes} id={ERRORS_ID}>
      {errors.map(({ code, field, values, start }) => (
        <li key={`${start} ${code}`}>
          <StateIcon tone="act" />
          {t(`table.filterErrors.${code}`, { field, values: values.join(', '), fields: fields.join(', ') })}.{' '}
          {t('table.filterMistakes')}.
        </li>
      ))}
    </ul>
  )
}
