import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../../components/button.tsx'
import { MenuButton } from '../../components/menu-button.tsx'
import type { MenuEntry } from '../../components/menu-entry.ts'
import { currentLanguage, type Language, languages, languageTags } from '../../lib/i18n.ts'
import { changeLanguage } from '../words/load-words.ts'

export function LanguageSwitch() {
  const { t } = useTranslation()
  return (
    <MenuButton
      className={buttonClass('icon')}
      entries={useLanguageEntries()}
      position="bottom-end"
      label={t('shell.language')}
      title={t('shell.language')}
    >
      <IconLanguage size={16} />
    </MenuButton>
  )
}

/** Each language under its own name, so that whoever needs it can read it. */
const names: Record<Language, string> = { en: 'English', zh: '简体中文' }

export function useLanguageEntries(): readonly MenuEntry[] {
  const { t } = useTranslation()
  const current = currentLanguage()
  return [
    { type: 'label', id: 'language', text: t('shell.language') },
    ...languages.map(
      (language): MenuEntry => ({
        type: 'item',
        id: language,
        text: names[language],
        lang: languageTags[language],
        isCurrent: language === current,
        onSelect: () => void changeLanguage(language),
      }),
    ),
  ]
}
