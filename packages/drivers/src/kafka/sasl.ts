import { type SASLOptions, saslPlain, saslScramSha } from '@platformatic/kafka'
import type { KafkaTarget } from '../driver.ts'

type Authenticate = NonNullable<SASLOptions['authenticate']>
type AuthenticateApi = Parameters<Authenticate>[2]
type Done = Parameters<Authenticate>[6]

const mechanisms = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
} as const

/** The sign-in of a connection. */
export function saslOptions({
  mechanism,
  username,
  password,
}: NonNullable<KafkaTarget['sasl']>): SASLOptions {
  const scram = mechanism === 'scram-sha-256' ? 'SHA-256' : 'SHA-512'
  return {
    mechanism: mechanisms[mechanism],
    authenticate: (_mechanism, connection, api, _username, _password, _token, done) => {
      if (mechanism === 'plain') return saslPlain.authenticate(api, connection, username, password, done)
      saslScramSha.authenticate(
        guarded(api, done),
        connection,
        scram,
        username,
        password,
        saslScramSha.defaultCrypto,
        done,
      )
    },
  }
}

/**
 * The library reads the server's SCRAM messages inside the socket's data event and throws where they are malformed:
 * there, that would end the process.
 */
function guarded(api: AuthenticateApi, done: Done): AuthenticateApi {
  const call = (...args: Parameters<AuthenticateApi>): void => {
    const [connection, bytes, answered] = args
    api(connection, bytes, (error, response) => {
      try {
        answered?.(error, response)
      } catch (thrown) {
        done(thrown instanceof Error ? thrown : new Error(String(thrown)))
      }
    })
  }
  return Object.assign(call, { async: api.async, key: api.key, version: api.version })
}
