import { computed } from 'vue'
import { self } from '@/lib/session'

/** Who watches over other units' deadlines, and who may order. The server decides; the pages only do not offer what it refuses. */

const WATCH = ['supervisor', 'duty-leader', 'county-leader', 'dispatcher']

export const watches = computed(() => self.value?.posts.some(p => WATCH.includes(p)) ?? false)

export const mayOrder = computed(() => Boolean(self.value?.posts.some(p => p === 'supervisor' || p === 'county-leader'
  || p === 'duty-leader' && self.value?.unit.kind === 'command-centre')))

/** Where the page shows what the API's address lists: `/api/cases?…` becomes `/cases?…`. */
export const casesAt = (link: string) => link.replace(/^\/api/, '')
