import './words'
import { computed } from 'vue'
import { t } from '../i18n'
import type { MapWords } from './shown'

/** What a map says, on pages that have vue-i18n. @param label what this map is */
export const useMapWords = (label: () => string) => computed<MapWords>(() => ({
  label: label(), zoomIn: t('map.zoomIn'), zoomOut: t('map.zoomOut'), whole: t('map.whole'), place: t('map.place'),
  pick: t('map.pick'), noGround: t('map.noGround'),
}))
