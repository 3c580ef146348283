import { Menu } from '@mantine/core'
import { IconSelector } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrokerIcon } from '../../components/broker-icon.tsx'
import { instancesOf, useInventory } from '../inventory.tsx'
import { instancePages, type Place, pagePaths } from '../places.ts'
import styles from './crumbs.module.css'
import { TenantChoices } from './tenant-switch.tsx'

/** Where the reader is; each step is also a switch to its siblings. */
export function Crumbs({ place }: { place: Place }) {
  const { t } = useTranslation()
  const atHome = place.area === 'tenant' && !place.instance
  return (
    <nav aria-label={t('shell.breadcrumbs')} className={styles.nav}>
      <ol className={styles.crumbs}>
        <li>
          <Switch label={t('shell.switchTenant')} face={place.tenant?.name ?? t('shell.fleet')}>
            <TenantChoices place={place} />
          </Switch>
        </li>
        {atHome ? <li className={styles.current}>{t('shell.home')}</li> : null}
        {place.instance ? <InstanceCrumbs place={place} instance={place.instance} /> : null}
      </ol>
    </nav>
  )
}

function InstanceCrumbs({ place, instance }: { place: Place; instance: NonNullable<Place['instance']> }) {
  const { t } = useTranslation()
  const inventory = useInventory()
  const navigate = useNavigate()
  const siblings = instancesOf(inventory, instance.tenantId)
  return (
    <>
      <li>
        <Switch
          label={t('shell.switchInstance')}
          face={
            <>
              <BrokerIcon kind={instance.kind} size={14} />
              {instance.name}
            </>
          }
        >
          {siblings.map((sibling) => (
            <Menu.Item
              key={sibling.id}
              leftSection={<BrokerIcon kind={sibling.kind} size={14} />}
              aria-current={sibling.id === instance.id ? 'true' : undefined}
              onClick={() =>
                navigate({
                  to: pagePaths[instancePages[sibling.kind][0]],
                  params: { instanceId: sibling.id },
                })
              }
            >
              {sibling.name}
            </Menu.Item>
          ))}
        </Switch>
      </li>
      {place.page && place.object ? (
        <>
          <li>
            <Link to={pagePaths[place.page]} params={{ instanceId: instance.id }} className={styles.crumb}>
              {t(`shell.pages.${place.page}`)}
            </Link>
          </li>
          <li className={styles.current} title={place.object}>
            {place.object}
          </li>
        </>
      ) : null}
      {place.page && !place.object ? (
        <li className={styles.last}>
          <Switch label={t(`shell.pages.${place.page}`)} face={t(`shell.pages.${place.page}`)}>
            {instancePages[instance.kind].map((page) => (
              <Menu.Item
                key={page}
                aria-current={page === place.page ? 'page' : undefined}
                onClick={() => navigate({ to: pagePaths[page], params: { instanceId: instance.id } })}
              >
                {t(`shell.pages.${page}`)}
              </Menu.Item>
            ))}
          </Switch>
        </li>
      ) : null}
    </>
  )
}

function Switch({ label, face, children }: { label: string; face: ReactNode; children: ReactNode }) {
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className={styles.crumb} title={label}>
          {face}
          <IconSelector size={12} className={styles.chevron} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
