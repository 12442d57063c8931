import { learn } from '@/lib/i18n'

/** Words of the templates that begin an answer. */
export default learn({
  zh: {
    replies: {
      use: '套用模板',
      title: '回复模板',
      search: '按标题、内容或拼音查找',
      none: '没有符合的模板',
      inserted: '已插入“{title}”',
      undo: '撤销',
      blanks: '还有 {n} 处待填写',
      sure: '方括号〔 〕里的内容还没有填写。填好后再提交；确认就这样发出，请再点一次提交。',
    },
  },
  en: {
    replies: {
      use: 'Use a template',
      title: 'Reply templates',
      search: 'Search by title or text',
      none: 'No template matches',
      inserted: '“{title}” was inserted',
      undo: 'Undo',
      blanks: '{n} blank to fill in | {n} blanks to fill in',
      sure: 'What stands in brackets 〔 〕 is not filled in yet. Fill it in, or press Submit once more to send it as it is.',
    },
  },
})
