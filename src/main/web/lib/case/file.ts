import { computed, onScopeDispose, ref, type Ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
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

/** The open items one may do, the one that was come for first; and those of others, which are told and not asked. */
export function useOpenItems(file: Ref<CaseFile | null>) {
  const route = useRoute()
  const items = computed(() => file.value?.openItems ?? [])
  const mine = computed(() => items.value.filter(i => i.yours)
    .sort((a, b) => Number(b.id === route.query.item) - Number(a.id === route.query.item)))
  const others = computed(() => items.value.filter(i => !i.yours))
  return { mine, others }
}

/** To where one came from, or `otherwise` when the case was opened by its address. */
export function useWayBack(otherwise: () => unknown) {
  const router = useRouter()
  return () => {
    if (window.history.state?.back) {
      router.back()
    } else {
      otherwise()
    }
  }
}
