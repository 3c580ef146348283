import { IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MenuButton } from '../../components/menu-button.tsx'
import type { MenuEntry } from '../../components/menu-entry.ts'
import { paths } from '../../lib/paths.ts'
import { useInventory } from '../inventory.tsx'
import type { Place } from '../places.ts'
import styles from './sidebar.module.css'
import { WeirMark } from './weir-mark.tsx'

export function TenantSwitch({ place }: { place: Place }) {
  const { t } = useTranslation()
  const name = place.tenant?.name ?? (place.area === 'fleet' ? t('shell.fleet') : 'Weir')
  return (
    <MenuButton className={styles.tenant} entries={useTenantEntries(place)} title={t('shell.switchTenant')}>
      <WeirMark className={styles.mark} />
      <span className={styles.tenantName}>{name}</span>
      <IconSelector size={14} className={styles.chevron} aria-hidden="true" />
    </MenuButton>
  )
}

/** Every tenant, and the fleet, for a menu. */
export function useTenantEntries(place: Place): readonly MenuEntry[] {
  const { t } = useTranslation()
  const { tenants } = useInventory()
  const navigate = useNavigate()
  return [
    { type: 'label', id: 'tenants', text: t('shell.tenants') },
    ...tenants.map(
      ({ id, slug, name }): MenuEntry => ({
        type: 'item',
        id,
        text: name,
        isCurrent: id === place.tenant?.id,
        onSelect: () => void navigate(paths.tenant(slug)),
      }),
    ),
    { type: 'divider', id: 'divider' },
    {
      type: 'item',
      id: 'fleet',
      text: t('shell.fleet'),
      isCurrent: place.area === 'fleet',
      onSelect: () => void navigate(paths.fleet()),
    },
  ]
}
