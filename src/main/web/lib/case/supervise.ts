import { computed, ref, type Ref } from 'vue'
import { call, newKey } from '../api/client'
import type { CaseFile } from '../api/shapes'
import { self } from '../session'
import { inWords } from '../worklist/acts'

/** 催办 and 督办单 from a case: who may, and doing it. What was typed stays until it arrived. */

export type Push = 'urge' | 'order'

const MAY: Record<Push, string[]> = {
  urge: ['supervisor', 'dispatcher', 'duty-leader', 'county-leader'],
  order: ['supervisor', 'duty-leader', 'county-leader'],
}

export function useSupervision(file: Ref<CaseFile | null>) {
  const pushing = ref<Push | null>(null)
  const note = ref('')
  const busy = ref(false)
  const trouble = ref('')
  let key = newKey()

  /** An order watches a clock that runs; without one there is nothing to demand. */
  const may = computed<Push[]>(() => {
    const posts = self.value?.posts ?? []
    const running = file.value?.deadlines.some(d => d.pausedSince === null) ?? false
    return file.value?.open ? (['urge', 'order'] as const).filter(p => posts.some(x => MAY[p].includes(x)) && (p === 'urge' || running)) : []
  })

  function begin(push: Push) {
    pushing.value = push
    trouble.value = ''
    key = newKey()
  }

  /** Whether it arrived. */
  async function send(): Promise<boolean> {
    const options = { path: { number: file.value!.number }, body: { note: note.value.trim() }, key }
    busy.value = true
    trouble.value = ''
    try {
      await (pushing.value === 'order' ? call('post', '/api/cases/{number}/order', options) : call('post', '/api/cases/{number}/urge', options))
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

  return { may, pushing, note, busy, trouble, begin, send }
}
