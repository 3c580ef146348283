import { describe, expect, it } from 'vitest'
import type { ConnectedEvent, LogEvent } from './log-lines.ts'
import { Presence } from './presence.ts'
import type { MqttClientReading } from './readings.ts'

const SELF = 'weir-0123456789abcdef'
const T = 1_000_000

/** A presence that listens since T, with a short way to tell it things. */
function listening(restored: MqttClientReading[] = []) {
  const presence = new Presence(0)
  presence.restore(restored)
  presence.listen(reading(SELF, { connectedAt: T, subscriptions: ['$SYS/broker/#'] }), T)
  presence.listening(T)
  const tick = (connected: number, at = T) => {
    presence.beginTick(at)
    return presence.endTick(connected, at)
  }
  const ids = (at = T) => [...presence.clients(at).keys()].filter((id) => id !== SELF)
  const client = (clientId: string, at = T) => presence.clients(at).get(clientId)
  return { presence, tick, ids, client, tell: (event: LogEvent, at = T) => presence.apply(event, at) }
}

function reading(clientId: string, more: Partial<MqttClientReading> = {}): MqttClientReading {
  return {
    clientId,
    username: null,
    address: null,
    protocolVersion: '5.0',
    cleanStart: true,
    keepAlive: 60,
    connectedAt: T - 60_000,
    subscriptions: [],
    drops: 0,
    takeovers: 0,
    recentConnects: [],
    confirmed: true,
    ...more,
  }
}

function connected(clientId: string, more: Partial<ConnectedEvent> = {}): ConnectedEvent {
  return {
    type: 'connected',
    clientId,
    username: 'joe',
    address: `10.0.0.1:${clientId.length}`,
    protocolVersion: '3.1.1',
    cleanStart: true,
    keepAlive: 5,
    ...more,
  }
}

function disconnected(clientId: string, address: string | null = null): LogEvent {
  return { type: 'disconnected', candidates: [{ clientId, address }], reason: 'disconnected' }
}

function subscribed(clientId: string, topicFilter: string): LogEvent {
  return { type: 'subscribed', candidates: [{ clientId, topicFilter }] }
}

describe('Presence', () => {
  it('lists itself from the start, as the client that it is', () => {
    const { presence } = listening()
    expect([...presence.clients(T).values()]).toMatchObject([{ clientId: SELF, confirmed: true }])
    expect(presence.seenSince).toBe(T)
  })

  it('lists a client from its connect to its end', () => {
    const { tell, client, ids } = listening()
    expect(tell(connected('a'), T + 5)).toBe(true)
    expect(client('a')).toEqual({
      clientId: 'a',
      username: 'joe',
      address: '10.0.0.1:1',
      protocolVersion: '3.1.1',
      cleanStart: true,
      keepAlive: 5,
      connectedAt: T + 5,
      subscriptions: [],
      drops: 0,
      takeovers: 0,
      recentConnects: [T + 5],
      confirmed: true,
    })
    expect(tell(disconnected('a'))).toBe(true)
    expect(ids()).toEqual([])
    expect(tell(disconnected('a'))).toBe(false)
  })

  it('keeps subscriptions, each once, until they are given up', () => {
    const { tell, client } = listening()
    tell(connected('a'))
    tell(subscribed('a', 'x/#'))
    expect(tell(subscribed('a', 'x/#'))).toBe(false)
    tell(subscribed('a', 'y'))
    expect(client('a')?.subscriptions).toEqual(['x/#', 'y'])
    tell({ type: 'unsubscribed', candidates: [{ clientId: 'a', topicFilter: 'x/#' }] })
    expect(client('a')?.subscriptions).toEqual(['y'])
  })

  it('takes, of several readings of a subscription, the one whose client it knows', () => {
    const { tell, client, ids } = listening()
    tell(connected('light 0'))
    tell({
      type: 'subscribed',
      candidates: [
        { clientId: 'light', topicFilter: '0 b' },
        { clientId: 'light 0', topicFilter: 'b' },
      ],
    })
    expect(client('light 0')?.subscriptions).toEqual(['b'])
    expect(ids()).toEqual(['light 0'])
  })

  it('keeps the subscriptions of a session that both connections keep, and no others', () => {
    const { tell, client } = listening()
    for (const cleanStart of [false, true]) {
      tell(connected('a', { cleanStart }))
      tell(subscribed('a', 'x'))
      tell(disconnected('a'))
      tell(connected('a', { cleanStart: false }))
      expect(client('a')?.subscriptions).toEqual(cleanStart ? [] : ['x'])
    }
  })

  it('counts takeovers and drops, over reconnects too', () => {
    const { tell, client } = listening()
    tell(connected('a', { address: '10.0.0.1:1' }))
    tell({ type: 'takenOver', candidates: [{ clientId: 'a', address: null }] })
    tell(connected('a', { address: '10.0.0.1:2' }))
    tell({ type: 'dropping', candidates: [{ clientId: 'a', address: null }] })
    tell(disconnected('a'))
    tell(connected('a', { address: '10.0.0.1:3' }))
    expect(client('a')).toMatchObject({ takeovers: 1, drops: 1, address: '10.0.0.1:3' })
    expect(client('a')?.recentConnects).toHaveLength(3)
  })

  it('forgets connects after ten minutes, and clients that left so long ago', () => {
    const { tell, client } = listening()
    tell(connected('a'), T)
    tell(connected('a'), T + 300_000)
    expect(client('a', T + 600_000)?.recentConnects).toEqual([T, T + 300_000])
    expect(client('a', T + 600_001)?.recentConnects).toEqual([T + 300_000])
    tell({ type: 'dropping', candidates: [{ clientId: 'a', address: null }] })
    tell(disconnected('a'), T + 700_000)
    tell(connected('a'), T + 1_400_000)
    expect(client('a')).toMatchObject({ drops: 0, recentConnects: [T + 1_400_000] })
  })

  it('hands out the same object until the client changes', () => {
    const { tell, client } = listening()
    tell(connected('a'))
    const before = client('a')
    expect(client('a', T + 1_000)).toBe(before)
    tell(subscribed('a', 'x'))
    expect(client('a')).not.toBe(before)
  })

  it('keeps a client whose id somebody else was refused with (2.1 names the id and the other address)', () => {
    const { tell, ids } = listening()
    tell(connected('victim', { address: '10.0.0.1:1' }))
    tell({ type: 'opened', address: '10.6.6.6:6' })
    expect(tell(disconnected('victim', '10.6.6.6:6'))).toBe(false)
    expect(ids()).toEqual(['victim'])
    // Even if the log of that connection's opening was missed.
    expect(tell(disconnected('victim', '10.6.6.6:7'))).toBe(false)
    expect(ids()).toEqual(['victim'])
    tell(disconnected('victim', '10.0.0.1:1'))
    expect(ids()).toEqual([])
  })

  it('goes by the id as it stands where its end looks like an address, on 2.0', () => {
    const { tell, ids } = listening()
    tell(connected('admin', { address: '10.0.0.1:1' }))
    tell(connected('admin [10.6.6.6:6]', { address: '10.0.0.1:2' }))
    tell({
      type: 'disconnected',
      candidates: [
        { clientId: 'admin', address: '10.6.6.6:6' },
        { clientId: 'admin [10.6.6.6:6]', address: null },
      ],
      reason: 'disconnected',
    })
    expect(ids()).toEqual(['admin'])
  })
})

describe('Presence against the count of the broker', () => {
  it('is complete where the two are equal', () => {
    const { presence, tick, tell } = listening()
    expect(presence.reconciled).toEqual({ status: 'uncounted' })
    tell(connected('a'))
    tick(2)
    expect(presence.reconciled).toEqual({ status: 'complete' })
  })

  it('is partial where the broker counts more, and learns of a client by what it does', () => {
    const { presence, tick, tell, client } = listening()
    tick(3)
    expect(presence.reconciled).toEqual({ status: 'partial', unseen: 2 })
    tell(subscribed('early', 'x'))
    expect(client('early')).toMatchObject({ connectedAt: null, username: null, confirmed: true })
    tick(3)
    expect(presence.reconciled).toEqual({ status: 'partial', unseen: 1 })
  })

  it('compares with the list as it was when the tick began', () => {
    const { presence, tell } = listening()
    tell(connected('a'))
    presence.beginTick(T)
    tell(connected('b'))
    tell(connected('c'))
    presence.endTick(2, T)
    expect(presence.reconciled).toEqual({ status: 'complete' })
  })

  it('knows that a connection without a CONNECT is counted, until it has one or ends', () => {
    const { presence, tick, tell } = listening()
    tell({ type: 'opened', address: '10.0.0.1:1' })
    tick(2)
    expect(presence.reconciled.status).toBe('complete')
    tell(connected('a', { address: '10.0.0.1:1' }))
    tick(2)
    expect(presence.reconciled.status).toBe('complete')
    tell({ type: 'opened', address: '10.0.0.1:2' })
    tell(disconnected('<unknown>'))
    tick(3)
    expect(presence.reconciled).toEqual({ status: 'partial', unseen: 1 })
    tell({ type: 'opened', address: '10.0.0.1:3' })
    tell(disconnected('10.0.0.1', '10.0.0.1:3'))
    tick(3)
    expect(presence.reconciled.status).toBe('partial')
    tell({ type: 'opened', address: '10.0.0.1:4' })
    tick(3, T + 120_001)
    expect(presence.reconciled.status).toBe('partial')
  })

  it('confirms a restored list at once where the count is equal', () => {
    const { presence, tick, client } = listening([reading('a'), reading('b')])
    expect(client('a')?.confirmed).toBe(false)
    expect(tick(3)).toBe(true)
    expect(presence.reconciled).toEqual({ status: 'complete' })
    expect(client('a')?.confirmed).toBe(true)
  })

  it('removes all that is unconfirmed where exactly so many are missing, twice in a row', () => {
    const { presence, tick, tell, ids } = listening([reading('a'), reading('b'), reading('c')])
    tell(subscribed('c', 'x'))
    expect(tick(2)).toBe(false)
    expect(presence.reconciled).toEqual({ status: 'suspect', gone: 2, unconfirmed: 2 })
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(tick(2)).toBe(true)
    expect(ids()).toEqual(['c'])
    tick(2)
    expect(presence.reconciled).toEqual({ status: 'complete' })
  })

  it('removes nobody while it cannot tell who is gone', () => {
    const { presence, tick, ids, client } = listening([reading('a'), reading('b')])
    for (let again = 0; again < 5; again++) tick(2)
    expect(presence.reconciled).toEqual({ status: 'suspect', gone: 1, unconfirmed: 2 })
    expect(ids()).toEqual(['a', 'b'])
    expect(client('a')?.confirmed).toBe(false)
  })

  it('takes a monitor of an earlier process for gone before it suspects others', () => {
    const monitor = 'weir-fedcba9876543210'
    const { presence, tick, ids, client } = listening([reading('a'), reading(monitor), reading('b')])
    tick(3)
    tick(3)
    expect(ids()).toEqual(['a', 'b'])
    tick(3)
    expect(presence.reconciled).toEqual({ status: 'complete' })
    expect(client('b')?.confirmed).toBe(true)
  })

  it('confirms by a line of its own, whatever address it had before', () => {
    const { tick, tell, client, ids } = listening([reading('a', { address: '10.0.0.1:1' }), reading('b')])
    tell(subscribed('a', 'x'))
    expect(client('a')?.confirmed).toBe(true)
    expect(client('b')?.confirmed).toBe(false)
    tell(connected('b', { address: '10.0.0.1:2' }))
    expect(client('b')?.confirmed).toBe(true)
    tick(3)
    expect(ids()).toEqual(['a', 'b'])
  })

  it('believes the end of a restored client that reconnected while nobody listened', () => {
    const { tell, ids } = listening([reading('a', { address: '10.0.0.1:1' })])
    tell(disconnected('a', '10.0.0.1:9'))
    expect(ids()).toEqual([])
  })

  it('doubts what only the count had confirmed, once fewer are counted', () => {
    const { presence, tick, tell, client, ids } = listening([reading('a'), reading('b')])
    tell(connected('c'))
    tick(4)
    expect(client('a')?.confirmed).toBe(true)
    // Somebody unknown, whom the equal count had hidden, leaves.
    expect(tell(disconnected('unknown'))).toBe(false)
    tick(3)
    tick(3)
    expect(client('a')?.confirmed).toBe(false)
    expect(client('c')?.confirmed).toBe(true)
    tick(3)
    expect(presence.reconciled).toEqual({ status: 'suspect', gone: 1, unconfirmed: 2 })
    expect(ids()).toEqual(['a', 'b', 'c'])
  })

  it('starts anew where the broker counts fewer than the log has proven: lines were lost', () => {
    const { presence, tick, tell, client } = listening()
    tell(connected('a'))
    tell(connected('b'))
    tick(2, T + 1_000)
    expect(presence.seenSince).toBe(T)
    tick(2, T + 2_000)
    expect(presence.seenSince).toBe(T + 2_000)
    expect(client('a')?.confirmed).toBe(false)
    expect(client(SELF)?.confirmed).toBe(true)
  })

  it('acts on no count that a connection without a CONNECT may have swollen', () => {
    const { tick, tell, ids } = listening([reading('a')])
    tell({ type: 'opened', address: '10.0.0.1:1' })
    tick(1)
    tick(1)
    expect(ids()).toEqual(['a'])
  })
})

describe('Presence over breaks', () => {
  it('holds clients over a lost connection as unconfirmed', () => {
    const { presence, tell, client, tick } = listening()
    tell(connected('a'))
    tick(2)
    presence.listen(reading(SELF), T + 9_000)
    presence.listening(T + 9_001)
    expect(presence.seenSince).toBe(T + 9_001)
    expect(presence.reconciled).toEqual({ status: 'uncounted' })
    expect(client('a')?.confirmed).toBe(false)
    tick(2)
    expect(client('a')?.confirmed).toBe(true)
  })

  it('is emptied by a restart of the broker, of all but those heard since', () => {
    const { presence, tell, ids } = listening()
    tell(connected('a'))
    presence.listen(reading(SELF), T + 9_000)
    tell(connected('b'))
    expect(presence.brokerRestarted()).toBe(true)
    expect(ids()).toEqual(['b'])
    expect([...presence.clients(T).keys()]).toContain(SELF)
  })

  it('drops a restored list whole where one of it was connected before the broker started', () => {
    const list = [reading('a', { connectedAt: null }), reading('b', { connectedAt: T - 60_000 })]
    const { presence, ids } = listening(list)
    expect(presence.brokerStartedAt(T - 58_000, 5_000)).toBe(false)
    expect(ids()).toEqual(['a', 'b'])
    expect(presence.brokerStartedAt(T - 50_000, 5_000)).toBe(true)
    expect(ids()).toEqual([])
  })

  it('remembers one-shot publishers no longer than it can afford', () => {
    const { tell, client } = listening()
    for (let index = 0; index <= 10_000; index++) {
      tell(connected(`shot-${index}`))
      tell(disconnected(`shot-${index}`))
    }
    tell(connected('shot-0'))
    tell(connected('shot-1'))
    expect(client('shot-0')?.recentConnects).toHaveLength(1)
    expect(client('shot-1')?.recentConnects).toHaveLength(2)
  })
})
