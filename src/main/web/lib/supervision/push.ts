import { ref } from 'vue'
import { call, newKey } from '../api/client'
import { inWords } from '../worklist/acts'

/** 催办 and 督办单: sent once, however often the button is pressed or the line is lost. What was typed stays until it arrived. */

export type Push = 'urge' | 'order'

export function usePush() {
  const pushing = ref<Push | null>(null)
  const note = ref('')
  const busy = ref(false)
  const trouble = ref('')
  let key = newKey()

  function begin(push: Push) {
    pushing.value = push
    trouble.value = ''
    key = newKey()
  }

  /** Whether it arrived. */
  async function send(number: string): Promise<boolean> {
    if (busy.value) {
      return false
    }
    busy.value = true
    trouble.value = ''
    try {
      await call('post', `/api/cases/{number}/${pushing.value!}`, { path: { number }, body: { note: note.value.trim() }, key })
      pushing.value = null
      note.value = ''
      return true
    } catch (e) {
      trouble.value = inWords(e)
      return false
    } finally {
      busy.value = false
    }
  }

  return { pushing, note, busy, trouble, begin, send }
}
