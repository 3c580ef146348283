import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exclusively } from './exclusively.ts'
import { cacheDir } from './paths.ts'
import { findProgram } from './programs.ts'
import type { Report } from './report.ts'
import { runCommand } from './run-command.ts'

/** What hosted clusters run that were never taken past the last version before 4, and the newest. */
export type KafkaVersion = '3.9.1' | '4.3.1'
export const kafkaVersion: KafkaVersion = '4.3.1'

/** Each with the logging that it was built for. */
const loggers: Record<KafkaVersion, { groupId: string; artifactId: string; version: string }> = {
  '3.9.1': { groupId: 'org.slf4j', artifactId: 'slf4j-reload4j', version: '1.7.36' },
  '4.3.1': { groupId: 'org.apache.logging.log4j', artifactId: 'log4j-slf4j-impl', version: '2.25.4' },
}

/**
 * The folder with Apache Kafka's jars, fetched by Maven at the first call and kept for every data folder.
 * Throws when they aren't there and can't be fetched.
 */
export async function kafkaJars(report: Report, version: KafkaVersion = kafkaVersion): Promise<string> {
  const folder = join(cacheDir, `kafka-${version}`)
  const jars = join(folder, 'lib')
  if (existsSync(jars)) return jars
  // One at a time: two Mavens would write to the machine's one store of downloads.
  await exclusively('maven', report, async () => {
    if (!existsSync(jars)) await fetchJars(folder, version, report)
  })
  return jars
}

async function fetchJars(folder: string, version: KafkaVersion, report: Report): Promise<void> {
  const maven = findProgram('mvn')
  if (maven === null) throw new Error("Apache Kafka's jars need Maven to be fetched (package maven)")
  report(`fetching Apache Kafka ${version} with Maven (45 MB, once)`)
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  writeFileSync(join(unfinished, 'pom.xml'), pomOf(version))
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime']
  const onLine = (line: string) => line.includes('ERROR') && report(line)
  await runCommand(maven, goal, { cwd: unfinished, onLine })
  renameSync(unfinished, folder)
  report(`${readdirSync(join(folder, 'lib')).length} jars are there`)
}

function pomOf(version: KafkaVersion): string {
  const wanted = [{ groupId: 'org.apache.kafka', artifactId: 'kafka_2.13', version }, loggers[version]]
  const dependencies = wanted.map(
    ({ groupId, artifactId, version }) => `    <dependency>
      <groupId>${groupId}</groupId>
      <artifactId>${artifactId}</artifactId>
      <version>${version}</version>
    </dependency>`,
  )
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>weir</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
</project>
`
}
