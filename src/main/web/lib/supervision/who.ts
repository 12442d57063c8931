import { computed, type Ref } from 'vue'
import type { Push } from './push'
import type { CaseFile } from '@/lib/api/shapes'
import { self } from '@/lib/session'

/** Who watches over other units' deadlines, and who may order. The server decides; the pages only do not offer what it refuses. */

const WATCH = ['supervisor', 'duty-leader', 'county-leader', 'dispatcher']

/** Sees the alerts of others, acknowledges them, urges. */
export const watches = computed(() => self.value?.posts.some(p => WATCH.includes(p)) ?? false)

/** A township has duty leaders too, but only those of a command centre order. */
export const mayOrder = computed(() => Boolean(self.value?.posts.some(p => p === 'supervisor' || p === 'county-leader'
  || p === 'duty-leader' && self.value?.unit.kind === 'command-centre')))

/** What may be said to the unit of a case. An order watches a clock that runs; without one there is nothing to demand. */
export const usePushes = (file: Ref<CaseFile | null>) => computed<Push[]>(() => !file.value?.open ? [] : [
  ...(watches.value ? ['urge' as const] : []),
  ...(mayOrder.value && file.value.deadlines.some(d => d.pausedSince === null) ? ['order' as const] : []),
])
