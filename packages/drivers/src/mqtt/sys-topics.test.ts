import { describe, expect, it } from 'vitest'
import { SysTopics } from './sys-topics.ts'

const T = 1_000_000

describe('SysTopics', () => {
  it('keeps each value with the time it last came; what never came is absent', () => {
    const sys = new SysTopics()
    sys.accept('version', 'mosquitto version 2.0.11', T)
    sys.accept('clients/connected', '3', T)
    sys.accept('uptime', '38 seconds', T + 2_000)
    sys.counted()
    expect(sys.version).toBe('2.0.11')
    expect(sys.uptime).toBe(38)
    expect(sys.number('clients/connected')).toBe(3)
    expect(sys.number('publish/messages/dropped')).toBeNull()
    const { values, sysTopics, countedAt } = sys.reading(T)
    expect(values.get('clients/connected')).toEqual({ value: '3', observedAt: T })
    expect(values.has('publish/messages/dropped')).toBe(false)
    expect({ sysTopics, countedAt }).toEqual({ sysTopics: 3, countedAt: T })
  })

  it('hands out readings that later values leave alone', () => {
    const sys = new SysTopics()
    sys.accept('uptime', '1 seconds', T)
    const { values } = sys.reading(null)
    sys.accept('uptime', '2 seconds', T)
    expect(values.get('uptime')?.value).toBe('1 seconds')
  })

  it('counts anew what is retained when it subscribes anew, and keeps the old values', () => {
    const sys = new SysTopics()
    for (const name of ['a', 'b', 'c']) sys.accept(name, '1', T)
    sys.subscribing()
    sys.accept('b', '1', T + 1)
    sys.counted()
    expect(sys.reading(null)).toMatchObject({ sysTopics: 1 })
    expect([...sys.reading(null).values.keys()]).toEqual(['a', 'b', 'c'])
    sys.brokerRestarted()
    expect([...sys.reading(null).values.keys()]).toEqual(['b'])
  })

  it('tells what was retained when the broker counted, not what is by now', () => {
    const sys = new SysTopics()
    sys.accept('uptime', '2 seconds', T)
    sys.accept('retained messages/count', '7', T)
    sys.accept('heap/current', '1', T)
    expect(sys.reading(null).sysTopics).toBe(2)
    sys.counted()
    expect(sys.reading(null).sysTopics).toBe(3)
  })

  it('takes expired values off on 2.0.11, once somebody subscribes to them', () => {
    const sys = new SysTopics()
    sys.accept('version', 'mosquitto version 2.0.11', T)
    sys.accept('clients/connected', '3', T)
    sys.accept('uptime', '60 seconds', T + 59_000)
    const sysTopics = (filter: string, at: number) => {
      sys.subscribed(filter, at)
      sys.counted()
      return sys.reading(null).sysTopics
    }
    expect(sysTopics('$SYS/#', T + 60_000)).toBe(3)
    expect(sysTopics('#', T + 60_001)).toBe(3)
    expect(sysTopics('$SYS/broker/uptime', T + 60_001)).toBe(3)
    expect(sysTopics('$SYS/broker/clients/+', T + 60_001)).toBe(2)
    expect(sysTopics('$SYS/#', T + 200_000)).toBe(1)
    sys.accept('clients/connected', '4', T + 200_001)
    sys.counted()
    expect(sys.reading(null).sysTopics).toBe(2)
  })

  it.each(['2.0.16', '2.0.21', '2.1.2', '3.0.0'])(
    'takes nothing off on %s, where nothing expires',
    (version) => {
      const sys = new SysTopics()
      sys.accept('version', `mosquitto version ${version}`, T)
      sys.accept('clients/connected', '3', T)
      sys.subscribed('$SYS/#', T + 200_000)
      sys.counted()
      expect(sys.reading(null).sysTopics).toBe(2)
    },
  )
})
