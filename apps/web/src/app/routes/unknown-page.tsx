import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../../components/button.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { paths } from '../../lib/paths.ts'

/** An address without a page: mistyped, or of an instance that isn't there or isn't ours. */
export function UnknownPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('shell.unknownPage.name')}>
      <Blank
        title={t('shell.unknownPage.title')}
        action={
          <Link {...paths.home()} className={buttonClass()}>
            {t('shell.unknownPage.action')}
          </Link>
        }
      >
        <p>{t('shell.unknownPage.text')}</p>
      </Blank>
    </Page>
  )
}
