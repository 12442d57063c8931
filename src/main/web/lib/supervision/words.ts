import { learn } from '@/lib/i18n'

/** Words of urging and ordering. */
export default learn({
  zh: {
    push: {
      said: { urge: '已催办', order: '已下达督办单' },
      urge: { do: '催办', means: '提醒正在办理的单位和经办人，记入案卷，截止时间不变。', note: '对承办单位说的话' },
      order: { do: '下达督办单', means: '承办单位须在督办时限内书面说明情况；逾期将亮黄牌、红牌。立即生效，不等逾期。', note: '督办要求' },
      phrase: {
        urge: { one: '请立即办理，今日内反馈进展。', two: '已超期，请说明原因和办结时间。', three: '反映人再次来电，请尽快处置并联系反映人。' },
        order: { one: '请于一个工作日内办结并书面说明超期原因。', two: '请主要负责人牵头处置，每日报告进展。', three: '涉及群众安全，请立即到场处置。' },
      },
    },
  },
  en: {
    push: {
      said: { urge: 'Urged', order: 'Supervision order issued' },
      urge: { do: 'Urge', means: 'Reminds the units and officials who have it, and is filed with the case; no deadline moves.', note: 'What the unit is told' },
      order: { do: 'Issue supervision order', means: 'The unit has to explain itself in writing within the time of the order; after that follow the yellow and the red card. At once, without waiting for the deadline.', note: 'What is demanded' },
      phrase: {
        urge: { one: 'Act now and report progress today.', two: 'This is overdue. Say why, and when it will be done.', three: 'The reporter called again. Act soon and get in touch.' },
        order: { one: 'Finish within one working day and explain the delay in writing.', two: 'The head of the unit leads; report progress every day.', three: 'People are in danger: go there now.' },
      },
    },
  },
})
