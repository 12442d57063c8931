import '@/lib/look'
import '@/lib/theme.css'
import './report.css'
import { createApp } from 'vue'
import ReportApp from './ReportApp.vue'

createApp(ReportApp).mount('#app')

// only over https (and on this machine); without it the page works as long as it stays open
if (window.isSecureContext && navigator.serviceWorker) {
  void navigator.serviceWorker.register('/report-worker.js', { scope: '/report' }).catch(() => {})
}
