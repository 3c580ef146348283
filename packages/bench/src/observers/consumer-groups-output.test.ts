import { expect, it } from 'vitest'
import { lagByGroup } from './consumer-groups-output.ts'

/** As Kafka 4.3.1 prints it. */
const output = `
Consumer group 'bench' has no active members.

GROUP           TOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID
bench           bench-topic     0          0               334             334             -               -               -
bench           bench-topic     1          0               333             333             -               -               -

Consumer group 'other' has no active members.

GROUP           TOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID
other           bench-topic     2          -               333             -               -               -               -
other           bench-topic     1          300             333             33              -               -               -
`

it('adds up each group’s partitions, and leaves out those with nothing committed', () => {
  expect([...lagByGroup(output)]).toEqual([
    ['bench', 667],
    ['other', 33],
  ])
})

it('finds nothing in an error', () => {
  expect(lagByGroup('Error: Executing consumer group command failed due to a timeout').size).toBe(0)
})
