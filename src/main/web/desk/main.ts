import '@/lib/look'
import '@/lib/theme.css'
import './element'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { startClock } from '@/lib/clock'
import { i18n } from '@/lib/i18n'

startClock()
createApp(App).use(i18n).use(router).mount('#app')
