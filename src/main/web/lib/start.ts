import { onMounted, ref, watch } from 'vue'
import { readCounty } from './county'
import { self, whoIsThere } from './session'

/** How a page for officials begins: who is there, then the names of the county. `start` tries again. */
export function useStart() {
  const started = ref<'no' | 'yes' | 'failed'>('no')

  async function start() {
    try {
      await whoIsThere()
      started.value = 'yes'
    } catch {
      started.value = 'failed'
    }
  }

  onMounted(start)
  watch(self, who => {
    // a password that came from somebody else opens nothing
    if (who && !who.mustChangePassword) {
      readCounty().catch(() => {
        started.value = 'failed'
      })
    }
  })
  return { started, start }
}
