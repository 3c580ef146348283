import { IconHome, IconServer2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Instance } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { BrokerIcon, brokerNames } from '../../components/broker-icon.tsx'
import { Magnitude } from '../../components/numbers.tsx'
import { StateIcon } from '../../components/state-icon.tsx'
import { instancesOf, useInventory } from '../inventory.tsx'
import { instancePages, kindsInOrder, type Place, pagePaths } from '../places.ts'
import { useOfferedPages } from '../use-offered-pages.ts'
import styles from './sidebar.module.css'
import { TenantSwitch } from './tenant-switch.tsx'
import { useInstanceStates } from './use-instance-states.ts'

/** The left side: whose, which instance, which page of it. Collapses to a rail of icons, and into a drawer. */
export function Sidebar({ place, form }: { place: Place; form: 'side' | 'drawer' }) {
  const { t } = useTranslation()
  const inventory = useInventory()
  const instances = instancesOf(inventory, place.tenant?.id ?? null)
  return (
    <div className={`${styles.sidebar} ${form === 'side' ? styles.side : styles.drawer}`}>
      <TenantSwitch place={place} />
      <nav
        className={styles.nav}
        aria-label={
          place.tenant ? t('shell.instancesOf', { name: place.tenant.name }) : t('shell.wholeClusters')
        }
      >
        {place.tenant ? (
          <Link
            to="/t/$tenantSlug"
            params={{ tenantSlug: place.tenant.slug }}
            className={itemClass(!place.instance)}
            title={t('shell.home')}
          >
            <IconHome size={16} />
            <span className={styles.word}>{t('shell.home')}</span>
          </Link>
        ) : null}
        <InstanceGroups place={place} instances={instances} />
      </nav>
      <nav className={`${styles.nav} ${styles.foot}`} aria-label={t('shell.operators')}>
        <Link
          to="/fleet"
          className={itemClass(place.area === 'fleet' && !place.instance)}
          title={t('shell.fleet')}
        >
          <IconServer2 size={16} />
          <span className={styles.word}>{t('shell.fleet')}</span>
        </Link>
      </nav>
    </div>
  )
}

function InstanceGroups({ place, instances }: { place: Place; instances: readonly Instance[] }) {
  const states = useInstanceStates(place)
  return kindsInOrder
    .map((kind) => ({ kind, members: instances.filter((instance) => instance.kind === kind) }))
    .filter(({ members }) => members.length > 0)
    .map(({ kind, members }) => (
      <div key={kind}>
        <p className={styles.group} title={brokerNames[kind]}>
          <BrokerIcon kind={kind} size={14} />
          <span className={styles.word}>{brokerNames[kind]}</span>
        </p>
        <ul>
          {members.map((instance) => (
            <InstanceItem
              key={instance.id}
              instance={instance}
              place={place}
              state={states.get(instance.id)}
            />
          ))}
        </ul>
      </div>
    ))
}

function InstanceItem({
  instance,
  place,
  state,
}: {
  instance: Instance
  place: Place
  state: ReturnType<ReturnType<typeof useInstanceStates>['get']>
}) {
  const here = place.instance?.id === instance.id
  const pages = instancePages[instance.kind]
  return (
    <li>
      <Link
        to={pagePaths[pages[0]]}
        params={{ instanceId: instance.id }}
        className={`${styles.item} ${here ? styles.here : ''}`}
        title={state ? `${instance.name}: ${state.word}` : instance.name}
      >
        <span className={styles.state}>
          <StateIcon tone={state?.tone ?? 'idle'} />
        </span>
        <span className={styles.word}>{instance.name}</span>
        <span className={styles.count}>{state ? <Magnitude value={state.backlog} inline /> : null}</span>
      </Link>
      {here ? <InstancePages instance={instance} place={place} /> : null}
    </li>
  )
}

function InstancePages({ instance, place }: { instance: Instance; place: Place }) {
  const { t } = useTranslation()
  return (
    <ul className={styles.pages}>
      {useOfferedPages(instance).map((page) => (
        <li key={page}>
          <Link
            to={pagePaths[page]}
            params={{ instanceId: instance.id }}
            className={`${itemClass(place.page === page)} ${styles.page}`}
          >
            {t(`shell.pages.${page}`)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function itemClass(isCurrent: boolean): string {
  return isCurrent ? `${styles.item} ${styles.current}` : `${styles.item}`
}
