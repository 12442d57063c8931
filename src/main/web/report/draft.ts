import type { Shape } from '@/lib/api/client'
import { read, remembered } from '@/lib/remembered'

/** The report that is being written on this device. */

export type Near = Shape<'Nearby'>
export interface Draft { text: string, category: string, township: string, village: string, landmark: string, anonymous: boolean,
  name: string, phone: string, location: { lng: number, lat: number } | null, accuracy: number,
  /** The older report this one joins. */
  joins: Near | null }

const NOTHING: Draft = { text: '', category: '', township: '', village: '', landmark: '', anonymous: false, name: '', phone: '',
  location: null, accuracy: 0, joins: null }

export const draft = remembered<Draft>('report-draft', { ...NOTHING })
draft.value = { ...NOTHING, ...draft.value }

// sent, or written on, in another tab
window.addEventListener('storage', e => {
  if (e.key === 'closedloop.report-draft') {
    draft.value = { ...NOTHING, ...read<Draft>('report-draft') }
  }
})

/** For the next one: who reports, and where, is likely the same. */
export function beginAnew(d: Draft): Draft {
  return { ...NOTHING, name: d.name, phone: d.phone, anonymous: d.anonymous, township: d.township, village: d.village }
}

/** The first sentence is the title; the whole stands below it. */
export function title(text: string): string {
  const first = text.trim().split(/[。！？!?\n；;]/)[0]!.trim() || text.trim()
  return [...first].length > 40 ? `${[...first].slice(0, 39).join('')}…` : first
}

/** What is sent. */
export function bodyOf(d: Draft) {
  const reporter = d.anonymous || !(d.name.trim() || d.phone.trim()) ? { anonymous: true }
    : { ...(d.name.trim() ? { name: d.name.trim() } : {}), ...(d.phone.trim() ? { phone: d.phone.trim() } : {}), anonymous: false }
  const location = d.location ? { location: { lng: d.location.lng, lat: d.location.lat } } : {}
  return d.joins ? { ref: d.joins.ref, ...(d.text.trim() ? { text: d.text.trim() } : {}), ...location, reporter } : {
    title: title(d.text), description: d.text.trim(), area: d.village || d.township, ...location, reporter,
    ...(d.category ? { category: d.category } : {}),
    answers: { ...(d.landmark.trim() ? { landmark: d.landmark.trim() } : {}) },
  }
}
