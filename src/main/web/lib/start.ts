import { onMounted, ref, watch } from 'vue'
import { NoAnswer } from './api/client'
import { readCounty } from './county'
import { self, whoIsThere } from './session'

/** How a page for officials begins: who is there, then the names of the county. `start` tries again. */
export function useStart() {
  const started = ref<'no' | 'yes' | 'failed'>('no')
  /** Whether the server answered at all when it failed. */
  const answered = ref(false)

  async function start() {
    try {
      if (await whoIsThere() && started.value === 'failed') {
        // the names of the county may be what failed; asked for again, they are waited for
        await readCounty()
      }
      started.value = 'yes'
    } catch (e) {
      fail(e)
    }
  }

  function fail(e: unknown) {
    answered.value = !(e instanceof NoAnswer)
    started.value = 'failed'
  }

  onMounted(start)
  watch(self, who => {
    // a password that came from somebody else opens nothing
    if (who && !who.mustChangePassword) {
      readCounty().catch(fail)
    }
  })
  return { started, answered, start }
}
