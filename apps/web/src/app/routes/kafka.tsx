import { useSearch } from '@tanstack/react-router'
import { CreateTopicAction } from '../../features/create-topic/create-topic-action.tsx'
import { GroupPage } from '../../features/kafka-group/group-page.tsx'
import { GroupsPage } from '../../features/kafka-groups/groups-page.tsx'
import { TopicsPage } from '../../features/kafka-topics/topics-page.tsx'
import { ResetOffsetsAction } from '../../features/reset-offsets/reset-offsets-action.tsx'
import { OfKind } from './instance-gate.tsx'

export function TopicsRoute() {
  return (
    <OfKind kind="kafka">
      {(instance) => (
        <TopicsPage
          key={instance.id}
          instanceId={instance.id}
          actions={<CreateTopicAction instance={instance} />}
        />
      )}
    </OfKind>
  )
}

export function GroupsRoute() {
  return <OfKind kind="kafka">{({ id }) => <GroupsPage key={id} instanceId={id} />}</OfKind>
}

export function GroupRoute() {
  const { groupId } = useSearch({ from: '/i/$instanceId/group' })
  return (
    <OfKind kind="kafka">
      {({ id }) => {
        const group = { instanceId: id, groupId }
        return <GroupPage key={groupId} {...group} actions={<ResetOffsetsAction {...group} />} />
      }}
    </OfKind>
  )
}
