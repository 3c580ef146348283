import { describe, expect, it } from 'vitest'
import { managementPath, queuesPath } from './management-path.ts'

describe('managementPath', () => {
  it('encodes every name', () => {
    expect(managementPath(['queues', '/', 'a/b 100% ?#&ü'])).toBe(
      '/api/queues/%2F/a%2Fb%20100%25%20%3F%23%26%C3%BC',
    )
  })

  it('adds flags and lists', () => {
    expect(queuesPath(null, { disable_stats: true, columns: ['vhost', 'name'] })).toBe(
      '/api/queues?disable_stats=true&columns=vhost,name',
    )
    expect(queuesPath('v', {})).toBe('/api/queues/v')
  })

  it.each(['.', '..', '', 'half \ud800'])('refuses %j, which would reach another object', (name) => {
    expect(() => managementPath(['queues', '/', name])).toThrow(
      expect.objectContaining({ code: 'BROKER_REJECTED' }),
    )
  })
})
