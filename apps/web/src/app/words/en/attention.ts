import type { AttentionRule } from '@weir/contract'

/** A type and not an interface: i18next's keys are read off index signatures, which an interface has none of. */
type RuleWords = {
  /** The state, with a capital: it opens a line. */
  title: string
  /** What kind of thing it is about, after its name. */
  object: string
  what: string
  means: string
  todo: string
}

/** Each rule: what is seen, what follows from it, and what to do. Figures come formatted; `–` where unknown. */
const rules: Record<AttentionRule, RuleWords> = {
  unreachable: {
    title: 'Unreachable',
    object: 'the broker',
    what: 'It does not answer: {{code}}',
    means: 'Its numbers are as they were last read; applications may be cut off too',
    todo: 'See whether it runs and the network lets Weir through; Weir tries again by itself',
  },
  credentialsRefused: {
    title: 'Credentials refused',
    object: 'the broker',
    what: 'It runs, and refuses the user that Weir was given',
    means: 'Weir sees nothing of it; applications with their own users are not affected',
    todo: 'Give the cluster a valid credential in weir.yaml and restart Weir, or restore the user',
  },
  nodeDown: {
    title: 'Node down',
    object: 'node',
    what: 'It is not running in its cluster',
    means: 'Queues that lived on it alone are away; the others have one copy less',
    todo: 'Start it; if it stays down, look into its log for the reason',
  },
  nodeAlarm: {
    title: 'Alarm',
    object: 'node',
    what: 'Its {{alarm}} alarm is on',
    means: 'RabbitMQ blocks every publisher of the cluster until it is off',
    todo: 'Free what is short, or drain the queues that hold it; raise the limit only if there is more to give',
  },
  partitionsLeaderless: {
    title: 'No leader',
    object: 'partitions',
    what: 'Without a leader: {{partitions}}, in topics: {{topics}}',
    means: 'They can be neither written nor read',
    todo: 'Bring back a broker that holds their replicas',
  },
  partitionsUnderReplicated: {
    title: 'Under-replicated',
    object: 'partitions',
    what: 'With fewer copies in step than they should have: {{partitions}}, in topics: {{topics}}',
    means: 'Losing one more broker can lose their newest records',
    todo: 'See which broker is down or slow, and let it catch up',
  },
  groupFallingBehind: {
    title: 'Falling behind',
    object: 'group',
    what: '{{lag}} behind, growing by {{lagPerSecond}}, oldest {{oldestAgeMs}}',
    means: 'Not draining: in {{inPerSecond}}, out {{outPerSecond}}. What outlives retention is lost',
    todo: 'See whether its members ({{members}}) are well; add some, up to one per partition',
  },
  groupWithoutMembers: {
    title: 'Nobody reads',
    object: 'group',
    what: '{{lag}} behind, growing by {{lagPerSecond}}, without a member',
    means: 'What comes in is not read, and is lost when its retention ends',
    todo: 'Start its consumers, or delete the group if nobody needs it',
  },
  queueBursting: {
    title: 'Bursting',
    object: 'queue',
    what: '{{messages}} waiting, usually {{usualMessages}}, growing by {{perSecond}}',
    means: 'Not draining: in {{publishRate}}, out {{deliverGetRate}}',
    todo: 'If it does not pass, add consumers: it has {{consumers}}',
  },
  queueNearLimit: {
    title: 'Near its limit',
    object: 'queue',
    what: '{{messages}} of at most {{limit}} messages, {{share}}',
    means: 'At the limit it drops its oldest messages, or refuses new ones, as its overflow says',
    todo: 'Drain it, or raise x-max-length',
  },
  queueWithoutConsumers: {
    title: 'Nobody consumes',
    object: 'queue',
    what: '{{messages}} waiting, growing by {{perSecond}}, without a consumer',
    means: 'It grows until somebody consumes it, or the broker’s memory or disk is full',
    todo: 'Start its consumers, or stop what is published to it',
  },
  clientFlapping: {
    title: 'Flapping',
    object: 'client',
    what: '{{connects}} connects in ten minutes; its id was taken over {{takeovers}} times',
    means: 'Two devices share one client id: each cuts the other off',
    todo: 'Give each device an id of its own',
  },
  messagesDropped: {
    title: 'Dropping messages',
    object: 'the broker',
    what: '{{perSecond}} dropped, {{total}} since its start',
    means: 'Clients read more slowly than is published for them: what is dropped does not come again',
    todo: 'Find the slow client, or raise max_queued_messages',
  },
}

export const attention = {
  title: 'What is wrong',
  worstFirst: 'worst first',
  nothing: 'Nothing is wrong.',
  nothingHint: 'Weir looks at every instance each second, watched or not.',
  unknown: 'What is wrong is not known yet.',
  columns: {
    state: 'State',
    what: 'What',
    means: 'What it means',
    since: 'Since',
    todo: 'What to do',
  },
  open: {
    rabbitmq: 'Open queue',
    kafka: 'Open group',
    mqtt: 'Open client',
    instance: 'Open',
  },
  /** Between the sentences of one line. */
  stop: '. ',
  in: 'in {{instance}}',
  alarms: { memory: 'memory', disk: 'disk' },
  /** `clientFlapping` where nobody else has its id. */
  comesAndGoes: {
    what: '{{connects}} connects in ten minutes',
    means: 'It loses its connection and comes back: what is sent meanwhile waits or is lost',
    todo: 'Look at its network, its power and its keep-alive',
  },
  rules,
}
