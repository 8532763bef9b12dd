/**
 * Made-up entries in the number and size of a real encyclopedia, the same ones every time:
 * 1,517 statements and 11,154 questions with answers. None of them says anything true.
 */
import type { Entry } from '../../src/baike/entry';

const matters =
  '社保转移 医保报销 异地就医 公积金提取 户口迁移 居住证办理 不动产登记 营业执照 食品经营许可 道路运输证 老年证 残疾人补贴 创业担保贷款 失业金申领 工伤认定 退休审批 学区划分 学籍转接 幼儿园入学 高考报名 职称评定 人才补贴 购房补贴 契税减免 个税退税 增值税留抵退税 发票领用 出口退税 环评审批 排污许可 施工许可 消防验收 燃气过户 自来水开户 用电报装 宽带迁移 垃圾分类 停车收费 公交线路 出租车投诉 驾驶证换领 车辆年检 违章处理 船员证书 渔业补贴 农机补贴 土地流转 宅基地审批 危房改造 低保申请 临时救助 婚姻登记 收养登记 殡葬服务 养老床位 长护保险 生育津贴 疫苗接种 献血报销 预约挂号 家庭医生 工会入会 法律援助 公证办理 劳动仲裁 欠薪投诉 消费维权 价格举报 噪声扰民 油烟污染 河道保洁 绿化养护 路灯报修 井盖缺失 物业收费 维修资金 房屋租赁 保障房申请 棚改安置 拆迁补偿 古树保护 图书馆借阅 博物馆预约 体育场馆 旅游投诉 民宿登记 志愿服务 退役军人优待 军人优抚 港口通关 跨境电商 高新技术企业 专利资助 首台套奖励 绿色工厂 技改补贴 稳岗返还'.split(
    ' ',
  );
const sides =
  '需要什么材料 办理流程是什么 在哪里办理 办理时限多久 收费标准是多少 网上怎么办 可以代办吗 条件有哪些 进度如何查询 政策依据是什么 咨询电话是多少 审核不通过怎么办 补贴标准是多少 有效期多长 外地户籍能办吗'.split(
    ' ',
  );
const places = '海州 连云 赣榆 东海 灌云 灌南 开发区 徐圩新区 云台山景区 市级'.split(' ');
const offices =
  '人社局 医保局 公积金中心 公安局 自然资源局 市场监管局 交通局 民政局 残联 税务局 教育局 生态环境局 住建局 城管局 卫健委 工信局 商务局 农业农村局'.split(
    ' ',
  );
const steps =
  '申请人携带身份证原件及复印件到窗口提交 通过政务服务网登录后选择事项在线填报 工作人员当场核对材料是否齐全 材料不齐的一次性告知需要补正的内容 符合条件的在承诺时限内办结 结果以短信方式通知 可以选择邮寄送达 对结果有异议的可以申请复核 具体以主管部门最新公布的文件为准 老年人和残疾人可以走绿色通道 周末实行预约延时服务 需要先完成实名认证 单位办理的还要加盖公章 委托他人办理的要提供授权委托书 办理过程不收取任何费用'.split(
    ' ',
  );

/** A small generator of our own (mulberry32), so that every run measures the same entries. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function generatedEntries(count: number): Entry[] {
  const random = sequence(12345);
  const one = (list: string[]): string => list[Math.floor(random() * list.length)] as string;
  return Array.from({ length: count }, (_, number): Entry => {
    const place = places[number % places.length];
    const matter = matters[Math.floor(number / places.length) % matters.length];
    const side = sides[Math.floor(number / places.length / matters.length) % sides.length];
    const title = `${place}${matter}${side}`;
    return {
      id: `made-${number}`,
      title,
      asks: [`${matter}在${place}${side}`, `${place}的${matter}咋办`].map((ask) => `${ask}（${number}）`),
      answer: `${matter}：${Array.from({ length: 6 }, () => one(steps)).join('；')}。由${place}${one(offices)}负责。`,
      kind: number < 1517 ? '信息' : '问答',
      level: place === '市级' ? '市级' : '县区',
      department: one(offices),
      source: '自动生成，仅供测试',
      // Every tenth is out of date, as in life.
      ...(number % 10 === 3 ? { validTo: '2024-12-31' } : {}),
    };
  });
}

/** What people might type: some near an entry, some broad, some long, some about nothing that is there. */
export function generatedQueries(count: number): string[] {
  const random = sequence(110);
  const one = (list: string[]): string => list[Math.floor(random() * list.length)] as string;
  return Array.from({ length: count }, (_, number) => {
    const forms = [
      `${one(places)}${one(matters)}${one(sides)}`,
      `我想问一下${one(matters)}怎么办理，要带什么材料`,
      one(matters),
      `${one(offices)}办理${one(matters)}的时限`,
      `请问老年人在${one(places)}办${one(matters)}可以邮寄送达吗，审核不通过怎么办，结果怎么通知`,
      '办理流程',
    ];
    return forms[number % forms.length] as string;
  });
}
