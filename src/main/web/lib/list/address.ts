import { ref, watch, type Ref } from 'vue'
import { onBeforeRouteLeave, useRoute, useRouter, type LocationQuery } from 'vue-router'

/**
 * A filter that the page's address says, so that it can be kept, shared and gone back to: address and filter follow each
 * other, whoever changed first. Each choice is one step back; a search that is typed on stays one step.
 *
 * @param page  the route's name
 * @param read  an address into a filter; nonsense is read as if it was not there
 * @param write a filter into an address, only what narrows
 */
export function useInAddress<F extends object>(page: string, read: (query: LocationQuery) => F,
  write: (filter: F) => Record<string, string>): Ref<F> {
  const route = useRoute()
  const router = useRouter()
  const filter = ref(read(route.query)) as Ref<F>
  let leaving = false
  // what is typed in the last moment must not call somebody back who is on the way to a case
  onBeforeRouteLeave(() => {
    leaving = true
  })

  watch(() => route.query, query => {
    if (route.name === page) {
      const wish = read(query)
      if (!same(write(wish), write(filter.value))) {
        filter.value = wish
      }
    }
  })
  watch(filter, wish => {
    const before = write(read(route.query))
    const query = write(wish)
    if (!leaving && !same(query, before)) {
      void (typedOn(before, query) ? router.replace({ query }) : router.push({ query }))
    }
  }, { deep: true })
  return filter
}

const same = (a: Record<string, string>, b: Record<string, string>) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())

/** Only the words searched for went on. */
const typedOn = (before: Record<string, string>, after: Record<string, string>) =>
  Boolean(before.q && after.q) && same({ ...before, q: '' }, { ...after, q: '' })
