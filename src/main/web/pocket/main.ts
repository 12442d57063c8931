import '@/lib/look'
import '@/lib/theme.css'
import './vant'
import { createApp } from 'vue'
import PocketApp from './PocketApp.vue'
import { router } from './router'
import { startClock } from '@/lib/clock'
import { i18n } from '@/lib/i18n'
import { mendStale } from '@/lib/stale'

startClock()
mendStale(router)
createApp(PocketApp).use(i18n).use(router).mount('#app')
