import type { Words } from '../words-of.ts'

export const errors: Words['errors'] = {
  BAD_REQUEST: {
    short: '无法理解',
    title: 'Weir 服务器无法理解此请求',
    text: '页面的请求与服务器的预期不符。',
    todo: '请刷新页面；若仍如此，则页面与服务器版本不同。',
  },
  NOT_FOUND: {
    short: '未找到',
    title: '这里没有此对象，或它不属于您',
    text: '它已被删除、改名，或属于他人：三种情况的应答相同。',
    todo: '请返回列表查找。',
  },
  VIEW_UNKNOWN: {
    short: '未知视图',
    title: '服务器不认识此视图',
    text: '页面与服务器版本不同。',
    todo: '请刷新页面。',
  },
  VIEW_NOT_OFFERED: {
    short: '不提供',
    title: '此实例不提供该视图',
    text: '该视图属于另一种 broker。',
    todo: '请在左侧选择此实例的页面。',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    short: '视图过多',
    title: '此标签页打开的视图过多',
    text: '一个连接最多同时观察 64 个视图。',
    todo: '请关闭页面的一部分，或在另一个标签页中打开。',
  },
  FORBIDDEN: {
    short: '不允许',
    title: '您可以查看，但不能执行此操作',
    text: '您的角色不包含此权限。',
    todo: '请联系此租户的管理员。',
  },
  HOST_REFUSED: {
    short: '地址被拒绝',
    title: 'Weir 不在此地址下应答',
    text: '地址栏中的名称不在此服务器的配置之内。',
    todo: '请在运行 Weir 的机器上用 127.0.0.1 或 localhost 打开。',
  },
  ORIGIN_REFUSED: {
    short: '来源被拒绝',
    title: 'Weir 只应答自己的页面',
    text: '请求来自其他来源的页面。',
    todo: '请使用 Weir 启动时打印的地址。',
  },
  INTERNAL: {
    short: '服务器故障',
    title: 'Weir 服务器内部出错',
    text: '已连同请求编号写入服务器日志。',
    todo: '请重试；若仍如此，请把该编号告诉运维人员。',
  },
  BROKER_UNREACHABLE: {
    short: '无法连接',
    title: 'broker 没有应答',
    text: '其地址上没有任何服务接受连接。显示的是最后一次读到的内容。',
    todo: '请检查 broker 是否在运行、网络是否放行。Weir 会自动重试。',
  },
  BROKER_TIMEOUT: {
    short: '应答超时',
    title: 'broker 接受连接，但未及时应答',
    text: '它已挂起或过载。显示的是最后一次读到的内容。',
    todo: '请检查其负载、内存和磁盘。Weir 会自动重试。',
  },
  BROKER_AUTH: {
    short: '凭据被拒绝',
    title: 'broker 拒绝了 Weir 的凭据',
    text: '提供给 Weir 的用户或密码不再被接受。broker 本身在运行。',
    todo: '请在 weir.yaml 中为此集群填写有效凭据并重启 Weir，或在 broker 上恢复该用户。',
  },
  BROKER_FORBIDDEN: {
    short: '未获许可',
    title: 'broker 认识 Weir 的用户，但不允许此操作',
    text: '该用户缺少此视图所需的权限。',
    todo: '请在 broker 上授权：RabbitMQ 需要标签 “monitoring”，Kafka 需要对集群、主题和消费组的 Describe，Mosquitto 需要读取 $SYS。',
  },
  BROKER_NOT_FOUND: {
    short: '已不存在',
    title: 'broker 上没有此对象',
    text: '它已在 broker 上被删除或改名。',
    todo: '请返回列表。',
  },
  BROKER_REJECTED: {
    short: '被拒绝',
    title: 'broker 理解了请求，但予以拒绝',
    text: '它的原话见下。',
    todo: '请先处理它所反对的内容，再重试。',
  },
  BROKER_RESPONSE: {
    short: '无法读取应答',
    title: 'Weir 无法读取 broker 的应答',
    text: '可能是 Weir 不认识的版本，或中间有代理。',
    todo: '请把 broker 的版本和下面这行告诉运维人员。',
  },
  BROKER_UNAVAILABLE: {
    short: '不可用',
    title: '此集群背后没有 broker',
    text: '它被声明为不可用，或未能启动。',
    todo: '其余部分照常工作。有了 broker 之后，请声明它并重启 Weir。',
  },
  NO_READING_YET: {
    short: '等待中',
    title: '尚未读到任何内容',
    text: 'Weir 正在第一次询问 broker。',
    todo: '请稍候几秒。',
  },
}
