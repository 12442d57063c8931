import { ref, watch, type Ref } from 'vue'

const PREFIX = 'closedloop.'

/** A value that this browser keeps; where it may keep nothing (private window, full), it lives as long as the page. */
export function remembered<T>(name: string, initial: T): Ref<T> {
  const value = ref(read<T>(name) ?? initial) as Ref<T>
  watch(value, now => keep(name, now), { deep: true })
  return value
}

export function read<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(PREFIX + name)
    return text === null ? null : JSON.parse(text) as T
  } catch {
    return null
  }
}

/** Null forgets it. */
export function keep(name: string, value: unknown) {
  try {
    if (value === null) {
      localStorage.removeItem(PREFIX + name)
    } else {
      localStorage.setItem(PREFIX + name, JSON.stringify(value))
    }
  } catch {
    // nothing can be kept here
  }
}

/** Names under which something is kept, without the product's prefix. */
export function keptNames(start: string): string[] {
  try {
    return Object.keys(localStorage).filter(k => k.startsWith(PREFIX + start)).map(k => k.slice(PREFIX.length))
  } catch {
    return []
  }
}
