/**
 * Every address of the page, as what the router's `Link` and `navigate` take: `<Link {...paths.queue(id, '/', 'a')}>`.
 * What a broker's user named stands in the search and never in the path, where `..`, `.` and an empty name would be
 * another page, and a slash another level.
 */
export const paths = {
  home: () => ({ to: '/' }) as const,
  tenant: (tenantSlug: string) => ({ to: '/t/$tenantSlug', params: { tenantSlug } }) as const,
  fleet: () => ({ to: '/fleet' }) as const,
  /** Leads to the page that matters most for the instance's kind. */
  instance: (instanceId: string) => ({ to: '/i/$instanceId', params: { instanceId } }) as const,
  overview: (instanceId: string) => ({ to: '/i/$instanceId/overview', params: { instanceId } }) as const,
  queues: (instanceId: string) => ({ to: '/i/$instanceId/queues', params: { instanceId } }) as const,
  queue: (instanceId: string, vhost: string, name: string) =>
    ({ to: '/i/$instanceId/queue', params: { instanceId }, search: { vhost, name } }) as const,
  topics: (instanceId: string) => ({ to: '/i/$instanceId/topics', params: { instanceId } }) as const,
  groups: (instanceId: string) => ({ to: '/i/$instanceId/groups', params: { instanceId } }) as const,
  group: (instanceId: string, groupId: string) =>
    ({ to: '/i/$instanceId/group', params: { instanceId }, search: { groupId } }) as const,
  clients: (instanceId: string) => ({ to: '/i/$instanceId/clients', params: { instanceId } }) as const,
  users: (instanceId: string) => ({ to: '/i/$instanceId/users', params: { instanceId } }) as const,
  /** What was changed through Weir. */
  changes: (instanceId: string) => ({ to: '/i/$instanceId/changes', params: { instanceId } }) as const,
}
