import type { LocationQuery } from 'vue-router'

/** What a work list is narrowed to; the address of the page says it, so that it can be kept, shared and gone back to. */
export interface Filter {
  scope: 'mine' | 'unit' | 'all'
  light: '' | 'green' | 'yellow' | 'red' | 'grey'
  task: string
  process: string
  area: string
  category: string
  q: string
  sort: 'due' | 'created'
}

export const WHOLE: Filter = {
  scope: 'unit', light: '', task: '', process: '', area: '', category: '', q: '', sort: 'due',
}

const SCOPES = ['mine', 'unit', 'all']
const LIGHTS = ['', 'green', 'yellow', 'red', 'grey']

/** An address that says nonsense is read as if it said nothing. */
export function filterOf(query: LocationQuery): Filter {
  const text = (name: keyof Filter, most = 100) => {
    const value = query[name]
    return typeof value === 'string' ? value.slice(0, most) : ''
  }
  return {
    scope: SCOPES.includes(text('scope')) ? text('scope') as Filter['scope'] : WHOLE.scope,
    light: LIGHTS.includes(text('light')) ? text('light') as Filter['light'] : '',
    task: text('task'), process: text('process'), area: text('area'), category: text('category'), q: text('q'),
    sort: text('sort') === 'created' ? 'created' : 'due',
  }
}

/** Only what narrows: the plain list has a plain address. */
export function queryOf(filter: Filter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter)
    .filter(([name, value]) => value !== '' && value !== WHOLE[name as keyof Filter]))
}

export function narrowed(filter: Filter): boolean {
  return Boolean(filter.light || filter.task || filter.process || filter.area || filter.category || filter.q)
}
