import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Blank } from '../components/notice.tsx'
import { UnavailableContext } from '../components/unavailable-context.ts'
import { apiErrorOf, queries } from '../lib/api.ts'
import { InventoryContext } from './inventory.tsx'
import styles from './inventory-gate.module.css'
import { Shell } from './shell/shell.tsx'

const RETRY_MS = 3_000

/** Nothing can be shown before it is known whose the page is: tenants and instances come first. */
export function InventoryGate() {
  const retry = {
    refetchInterval: ({ state }: { state: { status: string } }) => state.status === 'error' && RETRY_MS,
  }
  const tenants = useQuery(queries.tenants.list.queryOptions(retry))
  const instances = useQuery(queries.instances.list.queryOptions(retry))
  const inventory = useMemo(
    () => (tenants.data && instances.data ? { tenants: tenants.data, instances: instances.data } : null),
    [tenants.data, instances.data],
  )
  // Only an operator is told; for everybody else the word has to do.
  const clusters = useQuery(queries.clusters.list.queryOptions())
  const reasons = useMemo(
    () =>
      new Map(
        (clusters.data ?? []).flatMap(({ id, unavailable }) =>
          unavailable ? [[id, unavailable] as const] : [],
        ),
      ),
    [clusters.data],
  )
  if (inventory) {
    return (
      <InventoryContext value={inventory}>
        <UnavailableContext value={reasons}>
          <Shell />
        </UnavailableContext>
      </InventoryContext>
    )
  }
  const failed = [tenants, instances].find((query) => query.error)
  if (!failed) return null
  return (
    <Unanswered
      error={failed.error}
      onRetry={() => void Promise.all([tenants.refetch(), instances.refetch()])}
    />
  )
}

function Unanswered({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const { status, code, requestId, message } = apiErrorOf(error)
  const nobody = status === 0 || status === 502 || status === 503 || status === 504
  return (
    <main className={styles.alone}>
      <Blank
        tone="act"
        title={nobody ? t('shell.apiDown.title') : t(`errors.${code}.title`)}
        code={[nobody ? message : code, requestId].filter(Boolean).join(' · ')}
        action={<Button onClick={onRetry}>{t('shell.apiDown.action')}</Button>}
      >
        <p>{nobody ? t('shell.apiDown.text') : `${t(`errors.${code}.text`)} ${t(`errors.${code}.todo`)}`}</p>
      </Blank>
    </main>
  )
}
