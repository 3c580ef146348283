import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'

it('writes no secret, wherever it stands', () => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  log.info({ password: 'hush1', target: { password: 'hush2', tls: { secret: 'hush3' } } }, 'a')
  log.info({ req: { headers: { authorization: 'hush4', cookie: 'hush5' } }, token: 'hush6' }, 'b')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('hush')
})
