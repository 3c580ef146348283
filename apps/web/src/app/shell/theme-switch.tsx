import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconContrastFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'

const schemes = ['auto', 'dark', 'light'] as const

export function ThemeSwitch() {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button look="icon" aria-label={t('shell.theme')} title={t('shell.theme')}>
          <IconContrastFilled size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeChoices />
      </Menu.Dropdown>
    </Menu>
  )
}

/** The three themes as items of a menu. */
export function ThemeChoices() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = (value: string) => {
    const scheme = schemes.find((one) => one === value)
    if (scheme) setColorScheme(scheme)
  }
  return (
    <>
      <Menu.Label>{t('shell.theme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={choose}>
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`shell.themes.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
