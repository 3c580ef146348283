import { expect, test } from 'vitest'
import { releaseIn, releaseOf } from './releases.ts'

test('the release of a package is its major and minor version', () => {
  const status = [
    'Package: mosquitto-clients\nStatus: install ok installed\nVersion: 9.9.9-1\n',
    'Package: mosquitto\nStatus: install ok installed\nVersion: 2.0.11-1.2+deb12u1\n',
    'Package: erlang-base\nStatus: install ok installed\nVersion: 1:25.2.3+dfsg-1\n',
  ].join('\n')
  expect(releaseIn(status, 'mosquitto')).toBe('2.0')
  expect(releaseIn(status, 'erlang-base')).toBe('25.2')
  expect(releaseIn(status, 'rabbitmq-server')).toBeNull()
  expect(releaseOf('4.3.1')).toBe('4.3')
})
