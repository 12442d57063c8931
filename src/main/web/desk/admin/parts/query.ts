import { reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** What a list is narrowed by, kept in the address, so that it can be sent to somebody and the way back finds it again. */
export function useQuery<Q extends Record<string, string>>(nothing: Q, changed: () => void): Q {
  const route = useRoute()
  const router = useRouter()
  const name = route.name
  const at = (): Q => Object.fromEntries(Object.keys(nothing).map(k => [k, String(route.query[k] ?? nothing[k])])) as Q
  const wish = reactive(at()) as Q

  watch(() => ({ ...wish }), now => {
    if (route.name === name && JSON.stringify(now) !== JSON.stringify(at())) {
      void router.replace({ query: Object.fromEntries(Object.entries(now).filter(([k, v]) => v && v !== nothing[k])) })
    }
    changed()
  })
  watch(() => route.query, () => {
    if (route.name === name) {
      Object.assign(wish, at())
    }
  })
  return wish
}
