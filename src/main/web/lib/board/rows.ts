import { computed, onMounted, ref, type Ref } from 'vue'
import { call } from '@/lib/api/client'
import { processName, stepName } from '@/lib/county'
import { t } from '@/lib/i18n'
import type { Board } from './live'
import type { LightsRow } from './LightsTable.vue'

/** The tables of a board as rows: stages in the order of their process, units and areas worst first. */
export function useRows(board: Ref<Board | null>) {
  const order = ref(new Map<string, string[]>())
  const place = (process: string, stage: string) => order.value.get(process)?.indexOf(stage) ?? -1
  onMounted(async () => {
    const types = await call('get', '/api/case-types').catch(() => []) as unknown as { key: string, stages: string[] }[]
    order.value = new Map(types.map(type => [type.key, type.stages]))
  })

  const stages = computed<LightsRow[]>(() => {
    const types = [...new Set(board.value?.stages.map(s => s.process))].sort((a, b) => weight(b) - weight(a))
    return types.flatMap(p => board.value!.stages.filter(s => s.process === p)
      .sort((a, b) => place(p, a.stage) - place(p, b.stage))
      .map(s => ({ key: `${p} ${s.stage}`, name: stepName(p, s.stage) || s.stage, group: types.length > 1 ? processName(p).split(',')[0] : undefined,
        lights: s.lights, links: s.links })))
  })
  const weight = (process: string) => board.value!.stages.filter(s => s.process === process).reduce((n, s) => n + s.lights.total, 0)

  const units = computed<LightsRow[]>(() => (board.value?.units ?? []).map(u => (
    { key: u.unit.code ?? 'none', name: u.unit.code ? u.unit.name : t('board.nobody'), lights: u.lights, links: u.links })))

  const areas = computed<LightsRow[]>(() => (board.value?.areas ?? []).map(a => (
    { key: `${a.area.code} ${a.itself}`, name: a.itself ? t('board.itself', { area: a.area.name }) : a.area.name, lights: a.lights, links: a.links })))

  const sum = computed<LightsRow | undefined>(() => board.value
    ? { key: 'sum', name: t('board.sum'), lights: board.value.open, links: board.value.links } : undefined)

  return { stages, units, areas, sum }
}
