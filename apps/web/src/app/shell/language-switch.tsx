import { Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { chooseLanguage, currentLanguage, type Language, languages } from '../../lib/i18n.ts'

export function LanguageSwitch() {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button look="icon" aria-label={t('shell.language')} title={t('shell.language')}>
          <IconLanguage size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageChoices />
      </Menu.Dropdown>
    </Menu>
  )
}

/** Each language under its own name, so that whoever needs it can read it. */
const names: Record<Language, string> = { en: 'English', zh: '简体中文' }

export function LanguageChoices() {
  const { t } = useTranslation()
  const choose = (value: string) => {
    const language = languages.find((one) => one === value)
    if (language) void chooseLanguage(language)
  }
  return (
    <>
      <Menu.Label>{t('shell.language')}</Menu.Label>
      <Menu.RadioGroup value={currentLanguage()} onChange={choose}>
        {languages.map((language) => (
          <Menu.RadioItem key={language} value={language} lang={language}>
            {names[language]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
