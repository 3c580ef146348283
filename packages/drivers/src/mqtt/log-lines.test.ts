import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LogEvent, parseLogLine } from './log-lines.ts'

const who = (clientId: string, address: string | null = null) => ({ clientId, address })
const N = (line: string) => parseLogLine('N', `1795614338: ${line}`)

const sensorA: LogEvent = {
  type: 'connected',
  clientId: 'sensorA',
  username: 'joe',
  address: '127.0.0.1:46014',
  protocolVersion: '3.1.1',
  cleanStart: true,
  keepAlive: 5,
}

describe('parseLogLine, as Mosquitto 2.0 writes', () => {
  it.each<[string, string, LogEvent]>([
    [
      'N',
      'New connection from 127.0.0.1:46014 on port 21883.',
      { type: 'opened', address: '127.0.0.1:46014' },
    ],
    ['N', "New client connected from 127.0.0.1:46014 as sensorA (p2, c1, k5, u'joe').", sensorA],
    [
      'N',
      'New client connected from 127.0.0.1:42056 as clean (p1, c0, k60).',
      {
        type: 'connected',
        clientId: 'clean',
        username: null,
        address: '127.0.0.1:42056',
        protocolVersion: '3.1',
        cleanStart: false,
        keepAlive: 60,
      },
    ],
    ['M/subscribe', 'sensorA 1 a/#', { type: 'subscribed', candidates: [subscription('sensorA', 'a/#')] }],
    ['M/unsubscribe', 'sensorA a/#', { type: 'unsubscribed', candidates: [subscription('sensorA', 'a/#')] }],
    ['N', 'Client sensorA disconnected.', ended('sensorA', 'disconnected')],
    ['N', 'Client willie closed its connection.', ended('willie', 'closed its connection')],
    ['N', 'Client ka1 has exceeded timeout, disconnecting.', ended('ka1', 'exceeded timeout')],
    ['N', 'Client <unknown> disconnected, not authorised.', ended('<unknown>', 'not authorised')],
    ['N', 'Client <unknown> disconnected due to protocol error.', ended('<unknown>', 'protocol error')],
    ['N', 'Client <unknown> closed its connection.', ended('<unknown>', 'closed its connection')],
    ['N', 'Client X been disconnected by administrative action.', ended('X', 'administrative action')],
    ['I', 'Client X been disconnected by administrative action.', ended('X', 'administrative action')],
    ['N', 'Client X disconnected: Connection reset by peer.', ended('X', 'Connection reset by peer')],
    ['N', 'Bad socket read/write on client X: Connection lost', ended('X', 'Connection lost')],
    ['N', 'Socket error on client X, disconnecting.', ended('X', 'error')],
    [
      'E',
      'Client sensorA already connected, closing old connection.',
      { type: 'takenOver', candidates: [who('sensorA')] },
    ],
    [
      'N',
      'Outgoing messages are being dropped for client slow.',
      { type: 'dropping', candidates: [who('slow')] },
    ],
  ])('%s: %s', (category, line, event) => {
    expect(parseLogLine(category, line)).toEqual(event)
    const stamped = parseLogLine(category, `1795614338: ${line}`)
    if (event.type === 'subscribed' || event.type === 'unsubscribed') {
      // What looks like a timestamp may belong to the id, so there is a second reading.
      expect(stamped).toMatchObject({ type: event.type })
      expect(stamped).toHaveProperty('candidates.0', event.candidates[0])
    } else {
      expect(stamped).toEqual(event)
    }
  })
})

describe('parseLogLine, as Mosquitto 2.1 writes', () => {
  it.each<[string, LogEvent['type'], string, string | undefined]>([
    ['Client sensor A [127.0.0.1:46696] disconnected.', 'disconnected', 'sensor A', 'disconnected'],
    ['Client A [127.0.0.1:1] disconnected: session taken over.', 'takenOver', 'A', undefined],
    [
      'Client A [127.0.0.1:1] disconnected: connection closed by client.',
      'disconnected',
      'A',
      'connection closed by client',
    ],
    ['Client A [127.0.0.1:1] disconnected: exceeded timeout.', 'disconnected', 'A', 'exceeded timeout'],
    [
      'Client A [127.0.0.1:1] disconnected: administrative action.',
      'disconnected',
      'A',
      'administrative action',
    ],
    ['Client A [127.0.0.1:1] disconnected: not authorised.', 'disconnected', 'A', 'not authorised'],
    ['Client A [127.0.0.1:1] disconnected: protocol error.', 'disconnected', 'A', 'protocol error'],
    [
      'Client A [127.0.0.1:1] disconnected: used disallowed feature (QoS too high).',
      'disconnected',
      'A',
      'used disallowed feature (QoS too high)',
    ],
    [
      'Client 127.0.0.1 [127.0.0.1:46702] disconnected: protocol error.',
      'disconnected',
      '127.0.0.1',
      'protocol error',
    ],
  ])('%s', (line, type, clientId, reason) => {
    const event = N(line)
    expect(event).toMatchObject({ type, ...(reason === undefined ? {} : { reason }) })
    const address = /\[([^\]]+)\]/.exec(line)?.[1]
    expect(event).toHaveProperty('candidates.0', { clientId, address })
  })

  it('knows the protocol by its own numbers', () => {
    const version = (p: number) => N(`New client connected from 127.0.0.1:1 as a (p${p}, c1, k5).`)
    expect([3, 4, 5, 9].map(version)).toMatchObject(
      ['3.1', '3.1.1', '5.0', null].map((protocolVersion) => ({ protocolVersion })),
    )
  })

  it('reads bridges and IPv6 addresses', () => {
    expect(N('New bridge connected from ::1:40100 as vm.cloud (p5, c0, k60).')).toMatchObject({
      type: 'connected',
      clientId: 'vm.cloud',
      address: '::1:40100',
      cleanStart: false,
    })
  })
})

describe('parseLogLine, of odd names', () => {
  it.each([
    'sensor A',
    'as much as I like',
    'a (p2, c1, k5)',
    'Client x disconnected.',
    '中文 ü 💡',
    '1795614338: New',
    ' ',
  ])('keeps the id %j whole, from its connect to its end', (clientId) => {
    expect(N(`New client connected from 127.0.0.1:1 as ${clientId} (p2, c1, k5, u'joe').`)).toMatchObject({
      clientId,
      username: 'joe',
    })
    expect(N(`Client ${clientId} closed its connection.`)).toHaveProperty('candidates.0', who(clientId))
    expect(N(`Client ${clientId} [127.0.0.1:1] disconnected: exceeded timeout.`)).toHaveProperty(
      'candidates.0',
      who(clientId, '127.0.0.1:1'),
    )
    expect(N(`Outgoing messages are being dropped for client ${clientId}.`)).toHaveProperty(
      'candidates.0',
      who(clientId),
    )
  })

  it('offers every reading of a subscription, since ids and filters may hold blanks', () => {
    const event = parseLogLine('M/subscribe', '1795614338: light 0 0 b c/1 d')
    expect(event).toEqual({
      type: 'subscribed',
      candidates: [
        subscription('light', '0 b c/1 d'),
        subscription('light 0', 'b c/1 d'),
        subscription('1795614338: light', '0 b c/1 d'),
        subscription('1795614338: light 0', 'b c/1 d'),
      ],
    })
  })

  it('proves no user name that an id or a user name could have made up', () => {
    const line = "New client connected from 127.0.0.1:1 as evil (p2, c1, k5, u'x (p2, c1, k5, u'victim')."
    expect(N(line)).toMatchObject({ type: 'connected', username: null })
  })

  it('takes no text that a client chose for a line of the broker', () => {
    const spoof = 'x: Client victim disconnected'
    expect(N(`Outgoing messages are being dropped for client ${spoof}.`)).toEqual({
      type: 'dropping',
      candidates: [who(spoof)],
    })
    expect(
      parseLogLine('I', `1795614338: Protocol error from ${spoof}.: First packet not CONNECT (47).`),
    ).toBeNull()
  })

  it('offers both readings where an id of 2.0 ends as 2.1 writes an address', () => {
    expect(N('Client admin [10.0.0.1:5] disconnected.')).toEqual({
      type: 'disconnected',
      candidates: [who('admin', '10.0.0.1:5'), who('admin [10.0.0.1:5]')],
      reason: 'disconnected',
    })
  })

  it.each(['2026-11-25T13:44:51', 'Wed Nov 25 13:44:51 2026', '25/11/2026 13:44:51.123', '[1795614338]'])(
    'passes over the timestamp %s',
    (timestamp) => {
      expect(parseLogLine('N', `${timestamp}: Client a disconnected.`)).toHaveProperty(
        'candidates.0',
        who('a'),
      )
      expect(parseLogLine('M/subscribe', `${timestamp}: a 0 b`)).toHaveProperty(
        'candidates.0',
        subscription('a', 'b'),
      )
    },
  )

  it.each([
    ['N', 'mosquitto version 2.0.11 running'],
    ['N', `New client connected from 127.0.0.1:1 as ${'x'.repeat(930)} (p2, c1`],
    ['I', 'dynsec: dash/admin | disableClient | username=dev1'],
    ['W', 'Client a disconnected.'],
    ['M/subscribe', '1795614338: '],
    ['N', ''],
  ])('knows nothing of %s: %.40s', (category, line) => {
    expect(parseLogLine(category, line)).toBeNull()
  })

  it('reads back any id and any user name, or proves no user name', () => {
    const text = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((value) => !/[\n\r\u2028\u2029]/.test(value))
    fc.assert(
      fc.property(text, text, (clientId, username) => {
        const event = N(`New client connected from 127.0.0.1:1 as ${clientId} (p2, c1, k5, u'${username}').`)
        expect(event).toMatchObject({ type: 'connected' })
        if (event?.type === 'connected' && event.username !== null) {
          expect(event).toMatchObject({ clientId, username })
        }
      }),
    )
  })
})

function subscription(clientId: string, topicFilter: string) {
  return { clientId, topicFilter }
}

function ended(clientId: string, reason: string): LogEvent {
  return { type: 'disconnected', candidates: [who(clientId)], reason }
}
