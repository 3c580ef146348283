import { createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paths } from './paths.ts'

/** A router that knows the same addresses, without their pages. */
function bareRouter() {
  const root = createRootRoute()
  const known = Object.values(paths).map((make) => make('', '', '').to)
  const routes = known.map((path) => createRoute({ getParentRoute: () => root, path }))
  return createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory() })
}

describe('paths', () => {
  const router = bareRouter()

  it('lead to a place of their own each', () => {
    const all = Object.values(paths).map((make) => make('i1', '/', 'a').to)
    expect(new Set(all).size).toBe(all.length)
  })

  it('bring the names of a broker there and back, whatever they are', () => {
    const name = fc.oneof(
      fc.constantFrom('..', '.', '', '/', 'a/b', '%2F', '1e5', 'true', '"x"', '队列'),
      fc.string(),
    )
    fc.assert(
      fc.property(name, name, (vhost, queue) => {
        const { pathname, search } = router.buildLocation(paths.queue('i1', vhost, queue))
        expect(pathname).toBe('/i/i1/queue')
        expect(search).toEqual({ vhost, name: queue })
        const href = new URL(router.buildLocation(paths.queue('i1', vhost, queue)).href, 'http://weir.test')
        expect(href.pathname).toBe('/i/i1/queue')
        expect(router.options.parseSearch(href.search)).toEqual({ vhost, name: queue })
      }),
    )
  })
})
