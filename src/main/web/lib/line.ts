import { ref } from 'vue'

/** Whether the server can be reached. */
export const lineUp = ref(true)

window.addEventListener('offline', () => {
  lineUp.value = false
})
window.addEventListener('online', () => {
  lineUp.value = true
})
