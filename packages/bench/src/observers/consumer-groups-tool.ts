import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type KafkaBroker, kafkaJars, kafkaVersion, type Report } from '@weir/devstack'
import { lagByGroup } from './consumer-groups-output.ts'
import { lookAgain, type Sightings } from './sightings.ts'

const run = promisify(execFile)

/** Kafka's own command line, which devstack's jars lack. */
export interface ConsumerGroupsTool {
  /** Runs it again as soon as it has ended, until `stopped` aborts. */
  loop(sightings: Sightings, stopped: AbortSignal): Promise<void>
}

/** Throws, with the reason, where the tool isn't there and can't be fetched. */
export async function consumerGroupsTool(
  broker: KafkaBroker,
  dir: string,
  report: Report,
): Promise<ConsumerGroupsTool> {
  const jars = await kafkaJars(report)
  const tools = await toolsJar(resolve(jars, '../..'), report)
  const configuration = join(dir, 'consumer-groups.properties')
  writeFileSync(configuration, configurationText(broker), { mode: 0o600 })
  const args = [
    ...['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', `${jars}/*:${tools}`],
    'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
    ...['--bootstrap-server', broker.bootstrap.join(',')],
    ...['--command-config', configuration, '--describe', '--all-groups'],
  ]
  return {
    loop: (sightings, stopped) =>
      lookAgain(0, stopped, async () => {
        const { stdout } = await run('java', args, { signal: stopped }).catch((error) => {
          if (stopped.aborted) return { stdout: '' }
          throw error
        })
        for (const [group, lag] of lagByGroup(stdout)) sightings.see(group, lag, Date.now())
      }),
  }
}

/** One jar of 0.7 MB; everything that it stands on is there. */
async function toolsJar(cache: string, report: Report): Promise<string> {
  const name = `kafka-tools-${kafkaVersion}`
  const jar = join(cache, name, `${name}.jar`)
  if (existsSync(jar)) return jar
  report(`fetching ${name} with Maven (once)`)
  mkdirSync(dirname(jar), { recursive: true })
  const artifact = `org.apache.kafka:kafka-tools:${kafkaVersion}`
  const goal = ['dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${dirname(jar)}`]
  await run('mvn', ['-q', '-B', ...goal], { timeout: 60_000 })
  return jar
}

function configurationText({ sasl }: KafkaBroker): string {
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule'
  return [
    'security.protocol=SASL_PLAINTEXT',
    'sasl.mechanism=SCRAM-SHA-512',
    `sasl.jaas.config=${module} required username="${sasl.username}" password="${sasl.password}";`,
    '',
  ].join('\n')
}
