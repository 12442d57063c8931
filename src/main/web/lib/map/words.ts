import { learn } from '../i18n'

/** Words of maps, for pages that have vue-i18n. */
export default learn({
  zh: {
    map: {
      zoomIn: '放大',
      zoomOut: '缩小',
      whole: '看全县',
      place: '位置',
      pick: '点地图标出位置；键盘用方向键移动、回车确定',
      noGround: '底图没有读出来',
    },
  },
  en: {
    map: {
      zoomIn: 'Closer',
      zoomOut: 'Farther',
      whole: 'The whole county',
      place: 'Place',
      pick: 'Tap the map to mark the place; with keys: arrows, then Enter',
      noGround: 'The outline could not be read',
    },
  },
})
