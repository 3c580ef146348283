import { useMantineColorScheme } from '@mantine/core'
import { IconContrastFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../../components/button.tsx'
import { MenuButton } from '../../components/menu-button.tsx'
import type { MenuEntry } from '../../components/menu-entry.ts'

const schemes = ['auto', 'dark', 'light'] as const

export function ThemeSwitch() {
  const { t } = useTranslation()
  return (
    <MenuButton
      className={buttonClass('icon')}
      entries={useThemeEntries()}
      position="bottom-end"
      label={t('shell.theme')}
      title={t('shell.theme')}
    >
      <IconContrastFilled size={16} />
    </MenuButton>
  )
}

/** The three themes, for a menu. */
export function useThemeEntries(): readonly MenuEntry[] {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return [
    { type: 'label', id: 'theme', text: t('shell.theme') },
    ...schemes.map(
      (scheme): MenuEntry => ({
        type: 'item',
        id: scheme,
        text: t(`shell.themes.${scheme}`),
        isCurrent: scheme === colorScheme,
        onSelect: () => setColorScheme(scheme),
      }),
    ),
  ]
}
