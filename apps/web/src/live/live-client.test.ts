import { CloseCode, type ServerMessage } from '@weir/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLiveClient, type LiveClientOptions } from './live-client.ts'
import { FakeWebSocket } from './testing/fake-web-socket.ts'

const START = 1_700_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  FakeWebSocket.reset()
})
afterEach(() => vi.useRealTimers())

function startClient(options: Partial<LiveClientOptions> = {}) {
  const events: string[] = []
  const messages: ServerMessage[] = []
  const client = createLiveClient(
    { url: 'ws://weir.test/api/live', WebSocket: FakeWebSocket, random: () => 0.5, ...options },
    {
      onWelcome: () => events.push('welcome'),
      onDown: () => events.push('down'),
      onShown: () => {
        events.push('shown')
        client.send({ type: 'resume' })
      },
      onMessage: (message) => messages.push(message),
    },
  )
  client.start()
  return { client, events, messages }
}

describe('opening', () => {
  it('says hello first, and is open once it is let in', () => {
    const { client, events } = startClient()
    const socket = FakeWebSocket.newest
    expect(socket.url).toBe('ws://weir.test/api/live')
    expect(client.connection.get()).toEqual({ state: 'connecting' })
    socket.welcome()
    expect(socket.sent).toEqual([{ type: 'hello', protocol: 1, accept: ['deflate-raw'] }])
    expect(client.connection.get()).toEqual({ state: 'open' })
    expect(events).toEqual(['welcome'])
  })

  it('brings the token of now to each socket', () => {
    let token = 'first'
    startClient({ token: () => token })
    FakeWebSocket.newest.open()
    token = 'second'
    FakeWebSocket.newest.end(1006)
    vi.advanceTimersByTime(250)
    FakeWebSocket.newest.open()
    expect(FakeWebSocket.opened.map((socket) => socket.sentOf('hello')[0]?.token)).toEqual([
      'first',
      'second',
    ])
  })

  it('corrects the clock by what the server says', () => {
    const { client } = startClient()
    FakeWebSocket.newest.welcome(START - 90_000)
    vi.advanceTimersByTime(1_000)
    expect(client.serverNow()).toBe(START - 89_000)
  })

  it('gives up a socket that is not let in within ten seconds', () => {
    const { client } = startClient()
    FakeWebSocket.newest.open()
    vi.advanceTimersByTime(10_000)
    expect(FakeWebSocket.newest.isClosed).toBe(true)
    expect(client.connection.get().state).toBe('reconnecting')
  })

  it('takes a browser that refuses to try for a failed try', () => {
    class Forbidden extends FakeWebSocket {
      constructor(url: string) {
        super(url)
        throw new DOMException('forbidden', 'SecurityError')
      }
    }
    const { client } = startClient({ WebSocket: Forbidden })
    expect(client.connection.get().state).toBe('reconnecting')
    vi.advanceTimersByTime(250)
    expect(FakeWebSocket.opened).toHaveLength(2)
  })
})

describe('losing the socket', () => {
  it('comes back after a while that grows, and tells when', () => {
    const { client, events } = startClient()
    FakeWebSocket.newest.welcome()
    FakeWebSocket.newest.end(1006)
    expect(client.connection.get()).toEqual({ state: 'reconnecting', since: START, nextTryAt: START + 250 })
    vi.advanceTimersByTime(249)
    expect(FakeWebSocket.opened).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(FakeWebSocket.opened).toHaveLength(2)
    expect(client.connection.get()).toEqual({ state: 'reconnecting', since: START, nextTryAt: null })
    FakeWebSocket.newest.end(1006)
    expect(client.connection.get()).toEqual({ state: 'reconnecting', since: START, nextTryAt: START + 750 })
    vi.advanceTimersByTime(500)
    FakeWebSocket.newest.welcome()
    expect(client.connection.get()).toEqual({ state: 'open' })
    expect(events).toEqual(['welcome', 'down', 'down', 'welcome'])
  })

  it('begins with short waits again after a healthy minute, and not before', () => {
    const { client } = startClient()
    const waits = () => {
      const connection = client.connection.get()
      return connection.state === 'reconnecting' ? (connection.nextTryAt ?? 0) - Date.now() : null
    }
    FakeWebSocket.newest.end(1006)
    vi.advanceTimersByTime(250)
    FakeWebSocket.newest.welcome()
    vi.advanceTimersByTime(30_000)
    FakeWebSocket.newest.end(1006)
    expect(waits()).toBe(500)
    vi.advanceTimersByTime(500)
    FakeWebSocket.newest.welcome()
    for (let at = 0; at < 60_000; at += 20_000) {
      vi.advanceTimersByTime(20_000)
      FakeWebSocket.newest.receive({ type: 'ping' })
    }
    FakeWebSocket.newest.end(1006)
    expect(waits()).toBe(250)
  })

  it('calls a socket dead that was silent for 35 seconds, and one that pings alive', () => {
    const { client } = startClient()
    const socket = FakeWebSocket.newest
    socket.welcome()
    for (let pings = 0; pings < 4; pings += 1) {
      vi.advanceTimersByTime(25_000)
      socket.receive({ type: 'ping' })
    }
    expect(client.connection.get()).toEqual({ state: 'open' })
    vi.advanceTimersByTime(34_000)
    expect(client.connection.get()).toEqual({ state: 'open' })
    vi.advanceTimersByTime(6_000)
    expect(client.connection.get().state).toBe('reconnecting')
    expect(socket.isClosed).toBe(true)
  })

  it('listens no more to a socket that it gave up', () => {
    const { client, messages } = startClient()
    const old = FakeWebSocket.newest
    old.welcome()
    const { onmessage } = old
    vi.advanceTimersByTime(40_000)
    const opened = FakeWebSocket.opened.length
    FakeWebSocket.newest.welcome()
    const late = JSON.stringify({ type: 'changed', id: 's1', what: 'late' })
    onmessage?.(new MessageEvent('message', { data: late }))
    old.end(1006)
    expect(messages).toEqual([])
    expect(FakeWebSocket.opened).toHaveLength(opened)
    expect(client.connection.get()).toEqual({ state: 'open' })
  })

  it('tries at once when the network is back', () => {
    const { client } = startClient()
    for (let tries = 0; tries < 6; tries += 1) {
      FakeWebSocket.newest.end(1006)
      client.retryNow()
    }
    expect(FakeWebSocket.opened).toHaveLength(7)
    client.retryNow()
    expect(FakeWebSocket.opened).toHaveLength(7)
  })

  it.each([CloseCode.unauthorized, CloseCode.badMessage])(
    'stops at %i and tells, until it is started again',
    (code) => {
      const { client } = startClient()
      FakeWebSocket.newest.welcome()
      FakeWebSocket.newest.end(code)
      vi.advanceTimersByTime(3_600_000)
      client.retryNow()
      expect(client.connection.get()).toEqual({ state: 'closed', code })
      expect(FakeWebSocket.opened).toHaveLength(1)
      client.start()
      FakeWebSocket.newest.welcome()
      expect(client.connection.get()).toEqual({ state: 'open' })
    },
  )

  it('reloads the page for another protocol version, once', () => {
    const reload = vi.fn(() => true)
    const first = startClient({ reload })
    FakeWebSocket.newest.end(CloseCode.protocolVersion)
    expect(reload).toHaveBeenCalledTimes(1)
    expect(first.client.connection.get().state).toBe('reconnecting')
    const second = startClient({ reload: () => false })
    FakeWebSocket.newest.end(CloseCode.protocolVersion)
    expect(second.client.connection.get()).toEqual({ state: 'closed', code: CloseCode.protocolVersion })
  })
})

describe('a hidden tab', () => {
  it('pauses after ten seconds and resumes when seen', () => {
    const { client, events } = startClient()
    const socket = FakeWebSocket.newest
    socket.welcome()
    client.setVisible(false)
    vi.advanceTimersByTime(9_999)
    expect(socket.sentOf('pause')).toHaveLength(0)
    vi.advanceTimersByTime(1)
    expect(socket.sentOf('pause')).toHaveLength(1)
    expect(client.connection.get()).toEqual({ state: 'paused', since: START + 10_000, by: 'hidden' })
    client.setVisible(true)
    expect(socket.sentOf('resume')).toHaveLength(1)
    expect(events).toEqual(['welcome', 'shown'])
    expect(client.connection.get()).toEqual({ state: 'open' })
  })

  it('is left alone when it was hidden for a moment', () => {
    const { client } = startClient()
    FakeWebSocket.newest.welcome()
    client.setVisible(false)
    vi.advanceTimersByTime(5_000)
    client.setVisible(true)
    vi.advanceTimersByTime(20_000)
    expect(FakeWebSocket.newest.sent.map((message) => message.type)).toEqual(['hello'])
  })

  it('is paused again when the socket came back meanwhile', () => {
    const { client } = startClient()
    FakeWebSocket.newest.welcome()
    client.setVisible(false)
    vi.advanceTimersByTime(10_000)
    FakeWebSocket.newest.end(1006)
    vi.advanceTimersByTime(250)
    FakeWebSocket.newest.welcome()
    expect(FakeWebSocket.newest.sentOf('pause')).toHaveLength(1)
    expect(client.connection.get()).toMatchObject({ state: 'paused', by: 'hidden' })
  })

  it('does not wait for its next try once it is seen', () => {
    const { client } = startClient()
    client.setVisible(false)
    for (let tries = 0; tries < 5; tries += 1) {
      FakeWebSocket.newest.end(1006)
      vi.advanceTimersByTime(60_000 - 1)
    }
    const before = FakeWebSocket.opened.length
    FakeWebSocket.newest.end(1006)
    client.setVisible(true)
    expect(FakeWebSocket.opened).toHaveLength(before + 1)
  })
})

describe('frames', () => {
  it('counts those that cannot be read and tells the first', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { client } = startClient()
    FakeWebSocket.newest.welcome()
    FakeWebSocket.newest.receiveRaw('{')
    FakeWebSocket.newest.receiveRaw('[]')
    expect(client.badFrames()).toBe(2)
    expect(told).toHaveBeenCalledTimes(1)
    told.mockRestore()
  })

  it('are spread out so that the server does not close a busy page', () => {
    const { client } = startClient()
    FakeWebSocket.newest.welcome()
    for (let index = 0; index < 150; index += 1) client.send({ type: 'unsubscribe', id: `s${index}` })
    vi.advanceTimersByTime(1_000)
    // The end of one of our seconds and the beginning of the next, in one of the server's.
    expect(FakeWebSocket.newest.sent.length).toBeLessThan(100)
    vi.advanceTimersByTime(3_000)
    expect(FakeWebSocket.newest.sentOf('unsubscribe').map(({ id }) => id)).toEqual(
      Array.from({ length: 150 }, (_, index) => `s${index}`),
    )
  })

  it('that the contract does not know are not sent', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { client } = startClient()
    FakeWebSocket.newest.welcome()
    client.send({ type: 'focus', id: 's1', keys: Array.from({ length: 101 }, String) })
    expect(FakeWebSocket.newest.sentOf('focus')).toEqual([])
    expect(told).toHaveBeenCalledTimes(1)
    told.mockRestore()
  })
})
