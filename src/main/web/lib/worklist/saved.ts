import { computed, ref, watch } from 'vue'
import { call } from '../api/client'
import { keep, read } from '../remembered'
import { self } from '../session'

/** Filters a person gave a name to: kept by the server, the same at the desk, in the pocket and on another machine. */

export type SavedList = 'work' | 'cases'
export interface SavedFilter { list: SavedList, name: string, query: Record<string, string> }

const all = ref<SavedFilter[]>([])
let whose: string | null = null

const take = (answer: { items: { list: string, name: string, query: string }[] }) => {
  all.value = answer.items.map(f => ({ list: f.list as SavedList, name: f.name, query: Object.fromEntries(new URLSearchParams(f.query)) }))
}

/** Read once for each person who comes. */
watch(() => self.value && !self.value.mustChangePassword && self.value.username, async who => {
  if (!who || who === whose) {
    return
  }
  whose = who
  all.value = []
  try {
    take(await call('get', '/api/me/filters'))
    await bring(who)
  } catch {
    // without them the lists are still there; the next page tries again
    whose = null
  }
}, { immediate: true })

/** What this browser kept before the server did goes there, once. */
async function bring(who: string) {
  const own = read<{ name: string, query: Record<string, string> }[]>(`filters.${who}`)
  if (own) {
    for (const f of own.filter(o => !all.value.some(a => a.list === 'work' && a.name === o.name))) {
      await saveFilter('work', f.name, f.query)
    }
    keep(`filters.${who}`, null)
  }
}

export const savedFilters = (list?: SavedList) => computed(() => all.value.filter(f => !list || f.list === list))

/** @throws Problem where there are as many as may be */
export async function saveFilter(list: SavedList, name: string, query: Record<string, string>) {
  take(await call('put', '/api/me/filters', { body: { list, name, query: new URLSearchParams(query).toString() } }))
}

export async function forgetFilter(list: SavedList, name: string) {
  take(await call('delete', '/api/me/filters', { query: { list, name } }))
}
