import { describe, expect, test } from 'vitest'
import { mirrorIn } from './newer-root.ts'

describe('the mirror', () => {
  test('is the one of Debian itself, in either format', () => {
    const security = 'Types: deb\nURIs: http://mirror.test/debian-security\nSuites: bookworm-security\n'
    const own = '# a comment\nTypes: deb\nURIs: http://mirror.test/debian\nSuites: bookworm\n'
    expect(mirrorIn(`${security}\n${own}`)).toBe('http://mirror.test/debian')
    expect(mirrorIn('deb http://mirror.test/debian/ bookworm main\n')).toBe('http://mirror.test/debian/')
    expect(mirrorIn('deb [signed-by=/a/key.gpg] https://mirror.test/debian bookworm main\n')).toBe(
      'https://mirror.test/debian',
    )
  })

  test('is none where only others are named', () => {
    expect(mirrorIn('deb https://packages.test/node nodistro main\n')).toBeNull()
    expect(mirrorIn('#deb http://mirror.test/debian bookworm main\n')).toBeNull()
    expect(mirrorIn('')).toBeNull()
  })
})
