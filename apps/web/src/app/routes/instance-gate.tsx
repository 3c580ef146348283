import { Outlet, useParams } from '@tanstack/react-router'
import type { BrokerKind, Instance } from '@weir/contract'
import { createContext, type ReactNode, useContext } from 'react'
import { FindingsContext } from '../../components/attention/findings-context.ts'
import { ClusterContext } from '../../components/unavailable-context.ts'
import { useInventory } from '../inventory.tsx'
import { useFindings } from '../use-findings.ts'
import { UnknownPage } from './unknown-page.tsx'

const InstanceContext = createContext<Instance | null>(null)

/** The instance that the page is about. */
export function useInstance(): Instance {
  const instance = useContext(InstanceContext)
  if (!instance) throw new Error('used outside /i/$instanceId')
  return instance
}

/** Pages of an instance that isn't there, or isn't ours, are all the same unknown page. */
export function InstanceGate() {
  const { instanceId } = useParams({ from: '/i/$instanceId' })
  const instance = useInventory().instances.find((one) => one.id === instanceId)
  return instance ? <KnownInstance instance={instance} /> : <UnknownPage />
}

function KnownInstance({ instance }: { instance: Instance }) {
  const findings = useFindings(instance)
  return (
    <InstanceContext value={instance}>
      <ClusterContext value={instance.clusterId}>
        <FindingsContext value={findings}>
          <Outlet />
        </FindingsContext>
      </ClusterContext>
    </InstanceContext>
  )
}

/** A page of one kind of broker: `/i/<a Kafka instance>/queues` is no page at all. */
export function OfKind<K extends BrokerKind>({
  kind,
  children,
}: {
  kind: K
  children: (instance: Extract<Instance, { kind: K }>) => ReactNode
}) {
  const instance = useInstance()
  return isOfKind(instance, kind) ? children(instance) : <UnknownPage />
}

function isOfKind<K extends BrokerKind>(
  instance: Instance,
  kind: K,
): instance is Extract<Instance, { kind: K }> {
  return instance.kind === kind
}
