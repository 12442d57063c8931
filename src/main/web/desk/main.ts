import '@/lib/theme.css'
import './element'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { startClock } from '@/lib/clock'
import { i18n } from '@/lib/i18n'
import { deskWished, onPhone } from '@/lib/look'
import { mendStale } from '@/lib/stale'

// administration is done at the desk's pages on a phone too
if (onPhone() && !deskWished() && !location.pathname.startsWith('/admin')) {
  // a phone: the same place in the pocket
  location.replace(`/m${location.pathname}${location.search}`)
} else {
  startClock()
  mendStale(router)
  createApp(App).use(i18n).use(router).mount('#app')
}
