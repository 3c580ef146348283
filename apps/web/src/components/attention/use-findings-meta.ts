import { type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { attentionMeta } from './attention-order.ts'
import { FindingsContext } from './findings-context.ts'

/** How many of the page's things are to be acted on or looked at, for beside its title. */
export function useFindingsMeta(): readonly ReactNode[] {
  const { t } = useTranslation()
  return attentionMeta([...useContext(FindingsContext).values()], t)
}
