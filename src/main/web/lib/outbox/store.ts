import { del, get, keys, set } from 'idb-keyval'

/**
 * What this device keeps beyond the page: photos and what waits to be sent. Where nothing can be kept (private window), it
 * lives as long as the page.
 */

const memory = new Map<string, unknown>()
let broken = false

async function tried<T>(act: () => Promise<T>, instead: () => T): Promise<T> {
  if (!broken) {
    try {
      return await act()
    } catch (e) {
      if ((e as Error).name === 'DataCloneError') {
        throw e
      }
      broken = true
    }
  }
  return instead()
}

export const stored = <T>(name: string) => tried(() => get<T>(name), () => memory.get(name) as T | undefined)
export const store = (name: string, value: unknown) => tried(() => set(name, value), () => void memory.set(name, value))
export const unstore = (name: string) => tried(() => del(name), () => void memory.delete(name))
export const storedNames = (start: string) => tried(async () => (await keys()).map(String), () => [...memory.keys()])
  .then(names => names.filter(n => n.startsWith(start)))
