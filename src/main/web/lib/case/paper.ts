import { onBeforeUnmount, onMounted } from 'vue'

/** Paper is white: while a page is printed the dark look is off, or its pale letters would be printed on nothing. */
export function usePaper() {
  let dark = false

  const before = () => {
    dark = document.documentElement.classList.contains('dark')
    document.documentElement.classList.remove('dark')
  }
  const after = () => document.documentElement.classList.toggle('dark', dark)

  onMounted(() => {
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('beforeprint', before)
    window.removeEventListener('afterprint', after)
  })
  return () => window.print()
}
