import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../button.tsx'
import { MenuButton } from '../menu-button.tsx'
import type { MenuEntry } from '../menu-entry.ts'
import type { TableColumn } from './table-column.ts'

interface ColumnChooserProps<Row> {
  columns: readonly TableColumn<Row>[]
  shown: readonly string[]
  /** The ids to show, or undefined for the table as at first. */
  onChange: (shown: readonly string[] | undefined) => void
}

/** Which columns stand in the table. The first is the link to the thing itself, and always does. */
export function ColumnChooser<Row>({ columns, shown, onChange }: ColumnChooserProps<Row>) {
  const { t } = useTranslation()
  const toggle = (toggled: string) =>
    onChange(columns.map(({ id }) => id).filter((id) => shown.includes(id) !== (id === toggled)))
  const checks = columns.slice(1).map(
    ({ id, label }): MenuEntry => ({
      type: 'check',
      id,
      text: label,
      isChecked: shown.includes(id),
      onToggle: () => toggle(id),
    }),
  )
  const reset: MenuEntry[] = [
    { type: 'divider', id: 'divider' },
    { type: 'item', id: 'reset', text: t('table.columnsReset'), onSelect: () => onChange(undefined) },
  ]
  return (
    <MenuButton className={buttonClass('quiet-small')} entries={[...checks, ...reset]} position="bottom-end">
      <IconColumns3 size={14} aria-hidden="true" />
      {t('table.columns')}
    </MenuButton>
  )
}
