import { computed, watch } from 'vue'
import { surround } from '@/lib/api/client'
import { remembered } from '@/lib/remembered'

/** The words of the reporters' page. It speaks without the library of the other pages, to be small on a slow line. */

const zh = {
  product: '闭环',
  title: '群众反映',
  report: '我要反映',
  track: '查进度',
  what: '反映什么问题',
  whatHint: '什么事、从什么时候开始、有什么影响',
  kind: '可能属于',
  photos: '照片（最多 6 张）',
  addPhoto: '添加照片',
  removePhoto: '移除第 {n} 张照片',
  place: '在哪里',
  township: '乡镇',
  village: '村（社区）',
  landmark: '附近的店铺、路口、楼栋',
  locate: '使用当前位置',
  locating: '正在定位…',
  located: '已记录位置，误差约 {n} 米',
  notLocated: '没有取到位置，请选择乡镇并写明地点。',
  contact: '怎样联系您',
  anonymous: '匿名反映',
  anonymousNote: '匿名时我们无法联系您，请保存好编号和查询码。',
  name: '姓名',
  phone: '电话',
  private: '姓名和电话只给办理您这件事的单位看。',
  send: '提交',
  sending: '正在提交…',
  uploading: '正在上传第 {n} 张照片，共 {all} 张…',
  photoFailed: '{n} 张照片没有传上去：{why}',
  tryPhotos: '重新上传照片',
  notSent: '没有连上服务器，还没有提交。内容已保存在手机里，网络恢复后请再点一次提交，不会重复。',
  unexpected: '出了意外的问题，请稍后再试。',
  needText: '请写下反映的问题。',
  needArea: '请选择在哪个乡镇。',
  done: '已收到',
  keep: '请保存编号和查询码，凭它们查进度、补充和评价。本机已替您记住。',
  number: '编号',
  code: '查询码',
  follow: '查看进度',
  another: '再反映一件',
  mine: '本机反映过的',
  look: '查询',
  notFound: '没有查到，请核对编号和查询码。',
  open: '办理中',
  ended: '已办结',
  replies: '答复',
  supplement: '补充情况',
  supplementHint: '补充的内容会转给办理单位',
  rate: '请您评价',
  solved: '问题解决了吗',
  yes: '解决了',
  no: '没有解决',
  satisfaction: '满意度',
  stars: '{n} 分',
  comment: '想说的话（可以不填）',
  thanks: '谢谢，已经收到。',
  reopen: '没有解决，申请重办',
  reopenHint: '哪里还没有解决',
  offline: '网络已断开，填写的内容会保存在本机。',
  loading: '正在读取…',
}

const en: typeof zh = {
  product: 'Closed Loop',
  title: 'Report a problem',
  report: 'Report',
  track: 'Follow',
  what: 'What is the problem',
  whatHint: 'What it is, since when, and whom it harms',
  kind: 'May be about',
  photos: 'Photos (at most 6)',
  addPhoto: 'Add photos',
  removePhoto: 'Remove photo {n}',
  place: 'Where is it',
  township: 'Township',
  village: 'Village',
  landmark: 'Shops, crossings or buildings nearby',
  locate: 'Use my position',
  locating: 'Locating…',
  located: 'Position noted, within about {n} m',
  notLocated: 'The position could not be found; choose the township and describe the place.',
  contact: 'How to reach you',
  anonymous: 'Report without a name',
  anonymousNote: 'Without a name we cannot call you: keep the number and the tracking code.',
  name: 'Name',
  phone: 'Phone',
  private: 'Only those who handle your report see your name and phone.',
  send: 'Send',
  sending: 'Sending…',
  uploading: 'Uploading photo {n} of {all}…',
  photoFailed: '{n} photos were not uploaded: {why}',
  tryPhotos: 'Upload the photos again',
  notSent: 'The server was not reached; nothing was sent. What you typed is kept on this phone: send again when the line is back, it is not reported twice.',
  unexpected: 'Something unexpected went wrong; try again later.',
  needText: 'Describe the problem.',
  needArea: 'Choose the township.',
  done: 'Received',
  keep: 'Keep the number and the tracking code: with them you follow, add to and rate your report. This phone remembers them.',
  number: 'Number',
  code: 'Tracking code',
  follow: 'Follow it',
  another: 'Report another',
  mine: 'Reported from here',
  look: 'Look it up',
  notFound: 'Nothing found; check the number and the code.',
  open: 'In hand',
  ended: 'Ended',
  replies: 'Replies',
  supplement: 'Add something',
  supplementHint: 'It goes to the unit that handles the report',
  rate: 'Your opinion',
  solved: 'Is it solved',
  yes: 'Solved',
  no: 'Not solved',
  satisfaction: 'Satisfaction',
  stars: '{n} of 5',
  comment: 'What you want to say (may be left empty)',
  thanks: 'Thank you, received.',
  reopen: 'Not solved: ask to reopen',
  reopenHint: 'What is not solved yet',
  offline: 'You are offline; what you type is kept here.',
  loading: 'Reading…',
}

export type Word = keyof typeof zh

export const locale = remembered<'zh-CN' | 'en'>('language',
  (navigator.languages?.find(l => /^(zh|en)\b/i.test(l)) ?? 'zh').toLowerCase().startsWith('en') ? 'en' : 'zh-CN')
const words = computed(() => locale.value === 'en' ? en : zh)

export function t(word: Word, values: Record<string, string | number> = {}): string {
  return words.value[word].replace(/{(\w+)}/g, (_, name: string) => String(values[name] ?? ''))
}

export const named = (pair: { name: string, nameEn?: string | null }) =>
  locale.value === 'en' && pair.nameEn ? pair.nameEn : pair.name

export function moment(at: string): string {
  return new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'Asia/Shanghai', month: 'short',
    day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

surround({ language: () => locale.value })
watch(locale, wish => {
  document.documentElement.lang = wish
  document.title = `${t('title')} · ${t('product')}`
}, { immediate: true })
