import { computed, ref, shallowRef, type Ref } from 'vue'

/**
 * Chinese names found by how they are pronounced: `gaj` finds 公安局, so does `gonganju`. The sounds are read when somebody
 * first looks for a name; until they are there, names are found by their letters.
 */

type Match = (text: string, typed: string) => unknown
const match = shallowRef<Match | null>(null)

export function learnSounds() {
  if (!match.value) {
    void import('pinyin-match').then(m => {
      match.value = m.default.match
    }).catch(() => {})
  }
}

export function sounds(text: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase()
  return !wanted || text.toLowerCase().includes(wanted) || Boolean(/[a-z]/.test(wanted) && match.value?.(text, wanted))
}

/** Choices of a list in which one looks by typing. */
export function useSounds<T>(all: Ref<T[]>, words: (choice: T) => string) {
  const typed = ref('')
  const shown = computed(() => all.value.filter(choice => sounds(words(choice), typed.value)))
  return { shown, look: (what: string) => (typed.value = what), learn: learnSounds }
}
