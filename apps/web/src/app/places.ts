import type { BrokerKind, Instance, Tenant } from '@weir/contract'

export type InstancePage = 'overview' | 'queues' | 'topics' | 'groups' | 'clients' | 'users' | 'changes'

/** The pages of an instance, in the order of the sidebar; the first is where its name leads. */
export const instancePages: Record<BrokerKind, readonly [InstancePage, ...InstancePage[]]> = {
  rabbitmq: ['queues', 'overview', 'changes'],
  kafka: ['groups', 'topics', 'overview', 'changes'],
  mqtt: ['clients', 'users', 'overview', 'changes'],
}

export const pagePaths = {
  overview: '/i/$instanceId/overview',
  queues: '/i/$instanceId/queues',
  topics: '/i/$instanceId/topics',
  groups: '/i/$instanceId/groups',
  clients: '/i/$instanceId/clients',
  users: '/i/$instanceId/users',
  changes: '/i/$instanceId/changes',
} as const satisfies Record<InstancePage, string>

export const kindsInOrder: readonly BrokerKind[] = ['rabbitmq', 'kafka', 'mqtt']

/** Where the reader is, for the sidebar and the breadcrumbs. */
export interface Place {
  readonly area: 'tenant' | 'fleet' | 'none'
  readonly tenant: Tenant | null
  readonly instance: Instance | null
  readonly page: InstancePage | null
  /** The one queue or group a detail page is about. */
  readonly object: string | null
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Which of the instance's pages this route is, or belongs under. */
    page?: InstancePage
  }
}
