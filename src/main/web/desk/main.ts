import '@/lib/look'
import '@/lib/theme.css'
import './element'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { startClock } from '@/lib/clock'
import { i18n } from '@/lib/i18n'

if (window.matchMedia('(max-width: 600px) and (pointer: coarse)').matches) {
  // a phone: the same place in the pocket
  location.replace(`/m${location.pathname}${location.search}`)
} else {
  startClock()
  createApp(App).use(i18n).use(router).mount('#app')
}
