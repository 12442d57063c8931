import { onScopeDispose, ref, type Ref, watch } from 'vue'
import { call } from '../api/client'
import type { CaseFile } from '../api/shapes'

/** One case file that stays true while it is looked at; what somebody is typing beside it is not touched. */

const LOOK = 20_000

export function useCaseFile(number: Ref<string>) {
  const file = ref<CaseFile | null>(null)
  const trouble = ref<unknown>(null)

  async function load(keep = false) {
    const wanted = number.value
    if (!keep) {
      file.value = null
    }
    try {
      const read = await call('get', '/api/cases/{number}', { path: { number: wanted } }) as unknown as CaseFile
      if (wanted === number.value && JSON.stringify(read) !== JSON.stringify(file.value)) {
        file.value = read
      }
      trouble.value = null
    } catch (e) {
      if (!keep) {
        trouble.value = e
      }
    }
  }

  const look = setInterval(() => {
    if (document.visibilityState === 'visible' && file.value) {
      void load(true)
    }
  }, LOOK)
  onScopeDispose(() => clearInterval(look))
  watch(number, () => void load(), { immediate: true })
  return { file, trouble, load }
}
