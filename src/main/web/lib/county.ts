import { computed, reactive } from 'vue'
import { call } from './api/client'
import type { Area, Category, ProcessInWords, Unit } from './api/shapes'
import { named } from './i18n'

/** The names behind codes: areas, units, categories, processes with their steps. Read once, when somebody is there. */

interface County {
  areas: Map<string, Area>
  units: Map<string, Unit>
  categories: Map<string, Category>
  tree: Category[]
  processes: Map<string, ProcessInWords>
  ready: boolean
}

export const county = reactive<County>({
  areas: new Map(), units: new Map(), categories: new Map(), tree: [], processes: new Map(), ready: false,
})

let reading: Promise<void> | null = null

export function readCounty(): Promise<void> {
  reading ??= readAll().catch(e => {
    reading = null
    throw e
  })
  return reading
}

async function readAll() {
  const [areas, tree, processes, units] = await Promise.all([
    call('get', '/api/public/areas'), call('get', '/api/categories'), call('get', '/api/processes'), allUnits(),
  ])
  areas.forEach(a => county.areas.set(a.code, a))
  units.forEach(u => county.units.set(u.code, u))
  ;(processes as unknown as ProcessInWords[]).forEach(p => county.processes.set(p.key, p))
  county.tree = tree.items
  const walk = (nodes: Category[]) => nodes.forEach(n => {
    county.categories.set(n.code, n)
    walk(n.children ?? [])
  })
  walk(tree.items)
  county.ready = true
}

async function allUnits(): Promise<Unit[]> {
  const units: Unit[] = []
  let after: string | undefined
  do {
    const page = await call('get', '/api/units', { query: { limit: 200, after } })
    units.push(...page.items)
    after = page.next ?? undefined
  } while (after)
  return units
}

export const unitName = (code: string | null) => code === null ? '' : county.units.get(code)?.name ?? code
export const areaName = (code: string | null) => code === null ? '' : county.areas.get(code)?.name ?? code

/** A village is told with its township, a grid with its village. */
export function placeName(code: string | null): string {
  const area = code === null ? undefined : county.areas.get(code)
  const around = area?.parent ? county.areas.get(area.parent) : undefined
  return !area ? '' : around && around.level !== 'county' ? `${around.name} · ${area.name}` : area.name
}

export function categoryName(code: string | null): string {
  const found = code === null ? undefined : county.categories.get(code)
  return found ? named(found) : ''
}

export function processName(key: string): string {
  const found = county.processes.get(key)
  return found ? named(found) : ''
}

export function stepName(process: string, key: string): string {
  const found = county.processes.get(process)?.steps.find(s => s.key === key)
  return found ? named(found) : ''
}

/** A stage or an end by its name, where the process is not said: the same word in two processes is one stage. */
export function stageName(process: string | undefined, key: string): string {
  const known = process ? stepName(process, key) : ''
  return known || [...county.processes.keys()].map(p => stepName(p, key)).find(Boolean) || ''
}

/** The form behind an entry: tasks by their ids, starts and actions by the event that asks. */
export function formOf(process: string, key: string) {
  const look = (p: ProcessInWords | undefined) => p && Object.entries(p.forms)
    .find(([element, form]) => element === key || form.id === `${p.key}.${key}` || element.replace(/^(start|catch)_/, '').replace(/_/g, '-') === key)?.[1]
  return look(county.processes.get(process)) ?? [...county.processes.values()].map(look).find(Boolean)
}

type Node = { value: string, label: string, children?: Node[] }

/** Areas as a tree for choosing one. */
export const areaTree = computed(() => {
  const nodes = new Map<string, Node>()
  const roots: Node[] = []
  for (const a of county.areas.values()) {
    nodes.set(a.code, { value: a.code, label: a.name })
  }
  for (const a of county.areas.values()) {
    const parent = a.parent ? nodes.get(a.parent) : undefined
    if (parent) {
      (parent.children ??= []).push(nodes.get(a.code)!)
    } else {
      roots.push(nodes.get(a.code)!)
    }
  }
  return roots
})

export const categoryTree = computed(() => {
  const node = (c: Category): Node => ({
    value: c.code, label: named(c), ...(c.children?.length ? { children: c.children.map(node) } : {}),
  })
  return county.tree.map(node)
})
