import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Blank } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'

/** A page that threw. The shell around it goes on. */
export function BrokenPart({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  return (
    <Page title={t('shell.broken.name')}>
      <Blank
        tone="act"
        title={t('shell.broken.title')}
        code={String(error)}
        action={<Button onClick={reset}>{t('shell.broken.action')}</Button>}
      >
        <p>{t('shell.broken.text')}</p>
      </Blank>
    </Page>
  )
}
