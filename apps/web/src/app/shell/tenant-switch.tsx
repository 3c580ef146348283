import { Menu } from '@mantine/core'
import { IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useInventory } from '../inventory.tsx'
import type { Place } from '../places.ts'
import styles from './sidebar.module.css'
import { WeirMark } from './weir-mark.tsx'

export function TenantSwitch({ place }: { place: Place }) {
  const { t } = useTranslation()
  const name = place.tenant?.name ?? (place.area === 'fleet' ? t('shell.fleet') : 'Weir')
  return (
    <Menu width={200}>
      <Menu.Target>
        <button type="button" className={styles.tenant} title={t('shell.switchTenant')}>
          <WeirMark className={styles.mark} />
          <span className={styles.tenantName}>{name}</span>
          <IconSelector size={14} className={styles.chevron} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <TenantChoices place={place} />
      </Menu.Dropdown>
    </Menu>
  )
}

export function TenantChoices({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { tenants } = useInventory()
  const navigate = useNavigate()
  return (
    <>
      <Menu.Label>{t('shell.tenants')}</Menu.Label>
      {tenants.map((tenant) => (
        <Menu.Item
          key={tenant.id}
          aria-current={tenant.id === place.tenant?.id ? 'true' : undefined}
          onClick={() => navigate({ to: '/t/$tenantSlug', params: { tenantSlug: tenant.slug } })}
        >
          {tenant.name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        aria-current={place.area === 'fleet' ? 'true' : undefined}
        onClick={() => navigate({ to: '/fleet' })}
      >
        {t('shell.fleet')}
      </Menu.Item>
    </>
  )
}
