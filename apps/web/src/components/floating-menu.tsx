import { Menu } from '@mantine/core'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Menu.layer.css'
import type { ReactElement } from 'react'
import styles from './floating-menu.module.css'
import type { MenuEntry, MenuPosition } from './menu-entry.ts'

interface FloatingMenuProps {
  entries: readonly MenuEntry[]
  position: MenuPosition
  button: ReactElement
}

/** It is there because somebody clicked: it begins open. */
export function FloatingMenu({ entries, position, button }: FloatingMenuProps) {
  return (
    <Menu defaultOpened position={position} offset={4} transitionProps={{ duration: 0 }} classNames={styles}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.type) {
    case 'label':
      return <Menu.Label>{entry.text}</Menu.Label>
    case 'divider':
      return <Menu.Divider />
    case 'item':
      return (
        <Menu.Item
          leftSection={entry.icon}
          lang={entry.lang}
          aria-current={entry.isCurrent ? 'true' : undefined}
          onClick={entry.onSelect}
        >
          {entry.text}
        </Menu.Item>
      )
    case 'check':
      return (
        <Menu.CheckboxItem
          value={entry.id}
          checked={entry.isChecked}
          onChange={entry.onToggle}
          closeMenuOnClick={false}
        >
          {entry.text}
        </Menu.CheckboxItem>
      )
    default:
      return entry satisfies never
  }
}
