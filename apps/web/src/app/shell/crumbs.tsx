import { IconSelector } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Instance } from '@weir/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrokerIcon } from '../../components/broker-icon.tsx'
import { MenuButton } from '../../components/menu-button.tsx'
import type { MenuEntry } from '../../components/menu-entry.ts'
import { instancesOf, useInventory } from '../inventory.tsx'
import { type InstancePage, instancePages, type Place, pagePaths } from '../places.ts'
import { useOfferedPages } from '../use-offered-pages.ts'
import styles from './crumbs.module.css'
import { useTenantEntries } from './tenant-switch.tsx'

/** Where the reader is; each step is also a switch to its siblings. */
export function Crumbs({ place }: { place: Place }) {
  const { t } = useTranslation()
  const atHome = place.area === 'tenant' && !place.instance
  return (
    <nav aria-label={t('shell.breadcrumbs')} className={styles.nav}>
      <ol className={styles.crumbs}>
        <li>
          <Switch title={t('shell.switchTenant')} entries={useTenantEntries(place)}>
            {place.tenant?.name ?? t('shell.fleet')}
          </Switch>
        </li>
        {atHome ? <li className={styles.current}>{t('shell.home')}</li> : null}
        {place.instance ? (
          <li>
            <InstanceSwitch instance={place.instance} />
          </li>
        ) : null}
        {place.instance && place.page ? (
          <PageCrumbs instance={place.instance} page={place.page} object={place.object} />
        ) : null}
      </ol>
    </nav>
  )
}

function InstanceSwitch({ instance }: { instance: Instance }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const entries = instancesOf(useInventory(), instance.tenantId).map(
    ({ id, kind, name }): MenuEntry => ({
      type: 'item',
      id,
      text: name,
      icon: <BrokerIcon kind={kind} size={14} />,
      isCurrent: id === instance.id,
      onSelect: () => void navigate({ to: pagePaths[instancePages[kind][0]], params: { instanceId: id } }),
    }),
  )
  return (
    <Switch title={t('shell.switchInstance')} entries={entries}>
      <BrokerIcon kind={instance.kind} size={14} />
      {instance.name}
    </Switch>
  )
}

interface PageCrumbsProps {
  instance: Instance
  page: InstancePage
  object: string | null
}

/** The page as a switch to the others; on a detail page the way back to the list, and then the object's name. */
function PageCrumbs({ instance, page, object }: PageCrumbsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const offered = useOfferedPages(instance)
  const params = { instanceId: instance.id }
  if (object !== null) {
    return (
      <>
        <li>
          <Link to={pagePaths[page]} params={params} className={styles.crumb}>
            {t(`shell.pages.${page}`)}
          </Link>
        </li>
        <li className={styles.current} title={object}>
          {object}
        </li>
      </>
    )
  }
  const entries = offered.map(
    (one): MenuEntry => ({
      type: 'item',
      id: one,
      text: t(`shell.pages.${one}`),
      isCurrent: one === page,
      onSelect: () => void navigate({ to: pagePaths[one], params }),
    }),
  )
  return (
    <li className={styles.last}>
      <Switch title={t('shell.switchPage')} entries={entries}>
        {t(`shell.pages.${page}`)}
      </Switch>
    </li>
  )
}

function Switch({
  title,
  entries,
  children,
}: {
  title: string
  entries: readonly MenuEntry[]
  children: ReactNode
}) {
  return (
    <MenuButton className={styles.crumb} entries={entries} title={title}>
      {children}
      <IconSelector size={12} className={styles.chevron} aria-hidden="true" />
    </MenuButton>
  )
}
