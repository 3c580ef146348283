import type { ErrorCode } from '@weir/contract'

/** What happened, what it means, and what to do now; by code. */
export const errors: Record<ErrorCode, { short: string; title: string; text: string; todo: string }> = {
  BAD_REQUEST: {
    short: 'not understood',
    title: 'Weir’s server did not understand this request',
    text: 'What the page asked for is not what the server expects.',
    todo: 'Reload the page; if it stays, page and server are of different versions.',
  },
  NOT_FOUND: {
    short: 'not found',
    title: 'There is no such thing here, or it is not yours',
    text: 'It was deleted, renamed, or belongs to somebody else: the answer is the same for all three.',
    todo: 'Go back to the list and look for it there.',
  },
  VIEW_UNKNOWN: {
    short: 'unknown view',
    title: 'The server does not know this view',
    text: 'Page and server are of different versions.',
    todo: 'Reload the page.',
  },
  VIEW_NOT_OFFERED: {
    short: 'not offered',
    title: 'This instance does not offer this view',
    text: 'The view belongs to another kind of broker.',
    todo: 'Choose a page of this instance on the left.',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    short: 'too many views',
    title: 'Too many views are open in this tab',
    text: 'One connection watches at most 64 views at once.',
    todo: 'Close a part of the page, or open it in a second tab.',
  },
  FORBIDDEN: {
    short: 'not allowed',
    title: 'You may see this, but not do that',
    text: 'Your role does not include it.',
    todo: 'Ask an administrator of this tenant.',
  },
  HOST_REFUSED: {
    short: 'address refused',
    title: 'Weir does not answer under this address',
    text: 'The name in the address bar is not one that this server is configured for.',
    todo: 'Open Weir under 127.0.0.1 or localhost, on the machine it runs on.',
  },
  ORIGIN_REFUSED: {
    short: 'origin refused',
    title: 'Weir answers only its own page',
    text: 'The request came from a page of another origin.',
    todo: 'Open Weir under the address that it printed at its start.',
  },
  INTERNAL: {
    short: 'server fault',
    title: 'Something failed inside Weir’s server',
    text: 'It was written to the server’s log, with the request’s id.',
    todo: 'Try again; if it stays, give that id to your operator.',
  },
  BROKER_UNREACHABLE: {
    short: 'unreachable',
    title: 'The broker does not answer',
    text: 'Nothing takes the connection at its address. What is shown is what was last read.',
    todo: 'See whether the broker runs and whether the network lets Weir through. Weir tries again by itself.',
  },
  BROKER_TIMEOUT: {
    short: 'no answer in time',
    title: 'The broker takes connections but does not answer in time',
    text: 'It hangs or is overloaded. What is shown is what was last read.',
    todo: 'Look at its load, memory and disk. Weir tries again by itself.',
  },
  BROKER_AUTH: {
    short: 'credentials refused',
    title: 'The broker refuses Weir’s credentials',
    text: 'The user or the password that Weir was given is no longer accepted. The broker itself runs.',
    todo: 'Give this cluster a valid credential in weir.yaml and restart Weir, or restore the user on the broker.',
  },
  BROKER_FORBIDDEN: {
    short: 'not permitted',
    title: 'The broker knows Weir’s user but does not permit this',
    text: 'The user lacks a right that this view needs.',
    todo: 'Grant it on the broker: for RabbitMQ the tag “monitoring”, for Kafka Describe on cluster, topics and groups, for Mosquitto reading $SYS.',
  },
  BROKER_NOT_FOUND: {
    short: 'gone',
    title: 'The broker has no such object',
    text: 'It was deleted or renamed on the broker.',
    todo: 'Go back to the list.',
  },
  BROKER_REJECTED: {
    short: 'rejected',
    title: 'The broker understood and said no',
    text: 'Its own words stand below.',
    todo: 'Change what it objects to, then try again.',
  },
  BROKER_RESPONSE: {
    short: 'unreadable answer',
    title: 'The broker answered something that Weir cannot read',
    text: 'This can be a version that Weir does not know, or a proxy in between.',
    todo: 'Tell your operator the broker’s version and the line below.',
  },
  BROKER_UNAVAILABLE: {
    short: 'unavailable',
    title: 'There is no broker behind this cluster',
    text: 'It was declared unavailable, or it could not be brought up.',
    todo: 'Everything else works. When there is a broker, declare it and restart Weir.',
  },
  NO_READING_YET: {
    short: 'waiting',
    title: 'Nothing has been read yet',
    text: 'Weir is asking the broker for the first time.',
    todo: 'Wait a few seconds.',
  },
}
