export type { BrokerControl } from './broker-control.ts'
export {
  type BrokerPlan,
  type Brokers,
  isUnavailable,
  planBrokers,
  startBrokers,
  stopBrokers,
  type Unavailable,
} from './brokers.ts'
export { testEnvironment, withCredentials } from './brokers-env.ts'
export { buildWeb } from './build-web.ts'
export { type Dashboard, startDashboard } from './dashboard.ts'
export { freePort, isPortFree, rememberedPorts } from './free-ports.ts'
export { type KafkaAddress, type KafkaBroker, type KafkaSasl, startKafka } from './kafka.ts'
export { type KafkaCluster, type KafkaNode, startKafkaCluster } from './kafka-cluster.ts'
export type { KafkaVersion } from './kafka-jars.ts'
export { kafkaJars, kafkaVersion } from './kafka-jars.ts'
export { type MosquittoAddress, type MosquittoBroker, startMosquitto } from './mosquitto.ts'
export { startNewerMosquitto } from './newer-mosquitto.ts'
export { startNewerRabbitmq } from './newer-rabbitmq.ts'
export { newerRoot, whyNoNewerRoot } from './newer-root.ts'
export { ensurePackages, type SystemPackageName, systemPackages } from './packages.ts'
export { type ProcessIdentity, readPidFile } from './process-identity.ts'
export { type RunningProcess, startProcess } from './processes.ts'
export { type RabbitmqAddress, type RabbitmqBroker, startRabbitmq } from './rabbitmq.ts'
export { createRabbitmqApi, type RabbitmqApi } from './rabbitmq-api.ts'
export { type Report, silent } from './report.ts'
export type { RunInstance, RunJson, RunTenant } from './run-json.ts'
export { createStages, type Stages } from './stages.ts'
export { untilAskedToStop } from './stop-signal.ts'
export { createTopicsWithLeaders } from './topics-with-leaders.ts'
