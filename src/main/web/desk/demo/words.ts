import { learn } from '@/lib/i18n'

/** Words of the demo's clock. */
export default learn({
  zh: {
    demoClock: {
      title: '演示时间',
      forward: '快进',
      by: { PT1H: '1 小时', PT26H: '26 小时', P3D: '3 天', P8D: '8 天' },
      moving: '时间正在前进…',
    },
  },
  en: {
    demoClock: {
      title: 'Demo time',
      forward: 'Forward',
      by: { PT1H: '1 hour', PT26H: '26 hours', P3D: '3 days', P8D: '8 days' },
      moving: 'Time is passing…',
    },
  },
})
