import { learn } from '@/lib/i18n'

export default learn({
  zh: {
    photo: {
      add: '添加照片',
      remove: '移除第 {n} 张照片',
      preparing: '处理中…',
      sending: '已传 {n}%',
      sent: '已上传',
      failed: '未传完',
      retry: '再传一次',
      empty: '是空文件，没有内容，请重新选择。',
      noPhoto: '不是照片，或者打不开。请选 JPG、PNG 照片。',
      tooBig: '太大，请换一个 20 MB 以内的。',
      tooMany: '最多 {n} 个，多出的没有添加。',
    },
  },
  en: {
    photo: {
      add: 'Add photos',
      remove: 'Remove photo {n}',
      preparing: 'Preparing…',
      sending: '{n}% sent',
      sent: 'Uploaded',
      failed: 'Not finished',
      retry: 'Upload again',
      empty: 'is empty; choose it again.',
      noPhoto: 'is no photo, or cannot be opened; choose a JPG or PNG.',
      tooBig: 'is too large; choose one of at most 20 MB.',
      tooMany: 'At most {n}; the rest were not added.',
    },
  },
})
