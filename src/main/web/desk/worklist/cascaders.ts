import { onMounted, onUpdated, type Ref } from 'vue'

/** A cascader passes no name on to the field in it: the place around it says it, in `data-name`. */
export function useNamedCascaders(around: Ref<HTMLElement | undefined>) {
  const name = () => around.value?.querySelectorAll<HTMLElement>('[data-name]').forEach(place =>
    place.querySelector('input')?.setAttribute('aria-label', place.dataset.name!))
  onMounted(name)
  onUpdated(name)
}
