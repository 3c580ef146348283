import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { TableSearch } from '../components/data-table/table-search.ts'
import { InventoryGate } from './inventory-gate.tsx'
import { FirstPage, InstanceFirstPage } from './routes/first-page.tsx'
import { InstanceGate } from './routes/instance-gate.tsx'

/** Every address of the page. Each page is a chunk of its own, loaded when somebody goes there. */

const root = createRootRoute({ component: InventoryGate })

const first = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage })

const tenantHome = createRoute({
  getParentRoute: () => root,
  path: '/t/$tenantSlug',
  component: lazyRouteComponent(() => import('./routes/tenant-home.tsx'), 'TenantHomeRoute'),
})

const fleet = createRoute({
  getParentRoute: () => root,
  path: '/fleet',
  component: lazyRouteComponent(() => import('./routes/fleet.tsx'), 'FleetRoute'),
})

const instance = createRoute({ getParentRoute: () => root, path: '/i/$instanceId', component: InstanceGate })

const instanceFirst = createRoute({ getParentRoute: () => instance, path: '/', component: InstanceFirstPage })

const overview = createRoute({
  getParentRoute: () => instance,
  path: 'overview',
  staticData: { page: 'overview' },
  component: lazyRouteComponent(() => import('./routes/overview.tsx'), 'OverviewRoute'),
})

const queues = createRoute({
  getParentRoute: () => instance,
  path: 'queues',
  staticData: { page: 'queues' },
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('./routes/rabbitmq.tsx'), 'QueuesRoute'),
})

/** The name stands in the search: a queue may be called `..` or `a/b`, which a path cannot say. */
const queue = createRoute({
  getParentRoute: () => instance,
  path: 'queue',
  staticData: { page: 'queues' },
  validateSearch: z.object({ vhost: z.coerce.string(), name: z.coerce.string() }),
  component: lazyRouteComponent(() => import('./routes/rabbitmq.tsx'), 'QueueRoute'),
})

const topics = createRoute({
  getParentRoute: () => instance,
  path: 'topics',
  staticData: { page: 'topics' },
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('./routes/kafka.tsx'), 'TopicsRoute'),
})

const groups = createRoute({
  getParentRoute: () => instance,
  path: 'groups',
  staticData: { page: 'groups' },
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('./routes/kafka.tsx'), 'GroupsRoute'),
})

const group = createRoute({
  getParentRoute: () => instance,
  path: 'group',
  staticData: { page: 'groups' },
  validateSearch: TableSearch.extend({ groupId: z.coerce.string() }),
  component: lazyRouteComponent(() => import('./routes/kafka.tsx'), 'GroupRoute'),
})

const clients = createRoute({
  getParentRoute: () => instance,
  path: 'clients',
  staticData: { page: 'clients' },
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('./routes/mqtt.tsx'), 'ClientsRoute'),
})

const users = createRoute({
  getParentRoute: () => instance,
  path: 'users',
  staticData: { page: 'users' },
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('./routes/mqtt-users.tsx'), 'UsersRoute'),
})

const changes = createRoute({
  getParentRoute: () => instance,
  path: 'changes',
  staticData: { page: 'changes' },
  component: lazyRouteComponent(() => import('./routes/changes.tsx'), 'ChangesRoute'),
})

export const routeTree = root.addChildren([
  first,
  tenantHome,
  fleet,
  instance.addChildren([
    instanceFirst,
    overview,
    queues,
    queue,
    topics,
    groups,
    group,
    clients,
    users,
    changes,
  ]),
])
