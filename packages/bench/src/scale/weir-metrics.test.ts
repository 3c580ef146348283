import { expect, it } from 'vitest'
import { growth, parseMetrics } from './weir-metrics.ts'

const text = `# HELP weir_broker_requests_total Requests that readings took of brokers
# TYPE weir_broker_requests_total counter
weir_broker_requests_total{source="kafka.commits"} 12
process_cpu_seconds_total 1.5
nodejs_gc_duration_seconds_bucket{le="+Inf",kind="major"} 2
`

it('reads values by series and passes over comments', () => {
  expect([...parseMetrics(text)]).toEqual([
    ['weir_broker_requests_total{source="kafka.commits"}', 12],
    ['process_cpu_seconds_total', 1.5],
    ['nodejs_gc_duration_seconds_bucket{le="+Inf",kind="major"}', 2],
  ])
})

it('tells growth, from nothing too, and nothing of what isn’t told', () => {
  const after = parseMetrics('a 5\nb 2\n')
  expect(growth(parseMetrics('a 3\n'), after, 'a')).toBe(2)
  expect(growth(parseMetrics(''), after, 'b')).toBe(2)
  expect(growth(parseMetrics('c 1\n'), after, 'c')).toBeNull()
})
