import { attention } from './attention.ts'
import { errors } from './errors.ts'
import { kafka } from './kafka.ts'
import { mqtt } from './mqtt.ts'
import { rabbitmq } from './rabbitmq.ts'
import { shell } from './shell.ts'
import { summary } from './summary.ts'
import { table } from './table.ts'

export const words = { shell, table, errors, summary, attention, rabbitmq, kafka, mqtt }
