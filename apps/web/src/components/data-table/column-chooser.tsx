import { Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button.tsx'
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
  const choosable = columns.slice(1)
  const choose = (chosen: string[]) => {
    const first = columns[0]?.id
    onChange(columns.map((column) => column.id).filter((id) => id === first || chosen.includes(id)))
  }
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button look="quiet-small">
          <IconColumns3 size={14} aria-hidden="true" />
          {t('table.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxGroup value={[...shown]} onChange={choose}>
          {choosable.map((column) => (
            <Menu.CheckboxItem key={column.id} value={column.id}>
              {column.label}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => onChange(undefined)}>{t('table.columnsReset')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
