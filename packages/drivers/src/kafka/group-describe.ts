import {
  consumerGroupDescribeV0,
  decodeConsumerProtocolAssignment,
  describeGroupsV5,
} from '@platformatic/kafka'
import { BrokerResponseError } from '../errors.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { KafkaCode } from './errors.ts'
import type { GroupProtocol } from './group-list.ts'
import type { KafkaGroupMember } from './readings.ts'
import { type DescribedGroup, shareGroupDescribeV1 } from './share-groups.ts'

/** What a group's coordinator tells of it. */
export interface GroupDescription {
  readonly state: string
  readonly members: readonly KafkaGroupMember[]
}

/** What came of describing one group: told, or the error code it was refused with. */
export type DescribeOutcome = GroupDescription | { readonly errorCode: number }

type Described = ReadonlyMap<string, DescribeOutcome>
type ClassicMember = Awaited<
  ReturnType<typeof describeGroupsV5.api.async>
>['groups'][number]['members'][number]

/** Groups in one request. */
const CHUNK = 500

/**
 * Describes groups of one kind at their coordinator. The kind must be known before: DescribeGroups calls any group of
 * another kind Dead, with code 0. Streams groups have a describe that isn't ours yet: none of them is told.
 * Throws: BrokerError.
 */
export async function describeGroupsOf(
  protocol: GroupProtocol,
  broker: BrokerConnection,
  groupIds: readonly string[],
  onRequest: () => void,
): Promise<Described> {
  const describe = describers[protocol]
  const described = new Map<string, DescribeOutcome>()
  if (describe === null) return described
  for (let at = 0; at < groupIds.length; at += CHUNK) {
    onRequest()
    try {
      const chunk = await describe(broker, groupIds.slice(at, at + CHUNK))
      for (const [groupId, outcome] of chunk) described.set(groupId, outcome)
    } catch (error) {
      // A broker that doesn't speak this describe lists no such groups, or lists them and can tell no more.
      if (!(error instanceof BrokerResponseError)) throw error
    }
  }
  return described
}

type Describe = (broker: BrokerConnection, groupIds: readonly string[]) => Promise<Described>

const describers: Readonly<Record<GroupProtocol, Describe | null>> = {
  async classic(broker, groupIds) {
    const { groups } = await broker.call('DescribeGroups', [describeGroupsV5.api], [...groupIds], false)
    return new Map(
      groups.map(({ groupId, errorCode, groupState, members }) => [
        groupId,
        errorCode === KafkaCode.none
          ? { state: groupState, members: members.map(classicMember) }
          : { errorCode },
      ]),
    )
  },
  async consumer(broker, groupIds) {
    const answer = await broker.call(
      'ConsumerGroupDescribe',
      [consumerGroupDescribeV0.api],
      [...groupIds],
      false,
    )
    const groups = answer.groups.map((group) => ({
      ...group,
      members: group.members.map((member) => ({ ...member, assignment: member.assignment.topicPartitions })),
    }))
    return new Map(groups.map((group) => [group.groupId, descriptionOf(group)]))
  },
  async share(broker, groupIds) {
    const { groups } = await broker.call('ShareGroupDescribe', [shareGroupDescribeV1], groupIds)
    return new Map(groups.map((group) => [group.groupId, descriptionOf(group)]))
  },
  streams: null,
}

function descriptionOf(group: DescribedGroup): DescribeOutcome {
  if (group.errorCode !== KafkaCode.none) return { errorCode: group.errorCode }
  return {
    state: group.groupState,
    members: group.members.map(({ memberId, clientId, clientHost, assignment }) => ({
      memberId,
      clientId,
      host: hostOf(clientHost),
      assignments: assignment.flatMap(({ topicName, partitions }) =>
        partitions.map((partition) => ({ topic: topicName, partition })),
      ),
    })),
  }
}

function classicMember({
  memberId,
  clientId,
  clientHost,
  memberAssignment,
}: ClassicMember): KafkaGroupMember {
  return { memberId, clientId, host: hostOf(clientHost), assignments: assignmentsIn(memberAssignment) }
}

/** Empty while a group rebalances. Clients other than consumers (Connect) put bytes of their own there. */
function assignmentsIn(bytes: Buffer): KafkaGroupMember['assignments'] {
  if (bytes.length === 0) return []
  try {
    const { assignedPartitions } = decodeConsumerProtocolAssignment(bytes)
    return assignedPartitions.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    )
  } catch {
    return [] // not a consumer's: it is a member without partitions as far as we can tell
  }
}

/** Kafka writes Java's InetAddress: `/10.1.2.3`. */
function hostOf(clientHost: string): string {
  return clientHost.replace(/^\//, '')
}
