import type { Shape } from './client'

/** Shapes of the API under the words of the glossary; null where the API leaves something out. */

export type Light = 'green' | 'yellow' | 'red' | 'grey' | 'none'
export type WorkItem = Omit<Shape<'WorkItem.Item'>, 'assignee' | 'assigneeName' | 'warn'> & {
  assignee: string | null, assigneeName: string | null, warn: string | null
}
/** As a case shows it; `yours`: this reader may do it. */
export type OpenItem = WorkItem & { yours: boolean }
export type Counts = Shape<'WorkItemMapper.Counts'>
export type Self = Shape<'Organisation.Self'>
export type Unit = Shape<'Unit'>
export type Area = Shape<'Organisation.PublicArea'>
export type Category = Shape<'Category.Node'>
export type Colleague = Shape<'Organisation.Colleague'>
/** One light that turned on; `late` in whole minutes. */
export type Alert = Omit<Shape<'Alert'>, 'level' | 'unit' | 'assignee' | 'due' | 'endedAt' | 'acknowledgedAt' | 'late' | 'name' | 'nameEn'> & {
  level: 'warn' | 'overdue' | 'order' | 'yellow-card' | 'red-card', unit: string | null, assignee: string | null, due: string | null,
  endedAt: string | null, acknowledgedAt: string | null, late: number | null, name: string | null, nameEn: string | null
}
export type Attachment = Shape<'Attachment'>
export type CaseLine = Omit<Shape<'Case.CaseLine'>, 'due' | 'unit' | 'closedAt'> & {
  due: string | null, unit: string | null, closedAt: string | null
}
export type ProcessInWords = Omit<Shape<'Case.ProcessInWords'>, 'forms'> & { forms: Record<string, FormSchema> }

/** A Camunda Form as far as the pages look into it themselves. */
export interface FormSchema { id: string, components: FormField[] }
export interface FormField {
  type: string
  id?: string
  key?: string
  label?: string
  description?: string
  text?: string
  values?: { label: string, value: string }[]
  valuesKey?: string
  appearance?: Record<string, string>
  properties?: Record<string, string>
  components?: FormField[]
  [more: string]: unknown
}

export interface Form { schema: FormSchema, data: Record<string, unknown> }

export interface Entry {
  id: number
  round: number
  at: string
  kind: 'report' | 'answer' | 'action' | 'fact' | 'supplement' | 'rating'
  key: string
  name: string
  nameEn: string
  official: string | null
  officialName: string | null
  /** In whose place the official acted. */
  behalfOfName: string | null
  unit: string | null
  answers: Record<string, unknown> | null
  publicText: string | null
}

export interface Deadline {
  task: string
  process: string
  kind: string
  unit: string | null
  assignee: string | null
  startedAt: string
  warn: string | null
  due: string
  originalDue: string
  pausedSince: string | null
  light: Light
  extensions: unknown[]
}

/** Every clock the case ever had, with what extended and what stopped it. */
export interface ClockPast {
  process: string
  task: string
  kind: 'stage' | 'check-in' | 'rung' | 'suspension' | 'answer' | 'side'
  unit: string | null
  round: number
  startedAt: string
  amount: number
  amountUnit: 'MINUTES' | 'WORKING_HOURS' | 'WORKING_DAYS' | 'DAYS'
  warn: string
  due: string
  originalDue: string
  pausedSince: string | null
  endedAt: string | null
  light: Light
  late: boolean
  extensions: { amount: number, unit: ClockPast['amountUnit'], by: string | null, at: string, from: string | null, due: string }[]
  stops: { since: string, until: string | null }[]
}

/** 吹哨: what is asked for and each called department. */
export interface Whistle {
  kind: 'joint-enforcement' | 'key-work' | 'emergency'
  matter: string | null
  neededAt: string | null
  where: string | null
  location: Spot | null
  leadDepartment: string | null
  turn: number
  soundedAt: string
  confirmedAt: string | null
  departments: Called[]
}

export interface Spot { lng: number, lat: number }

export interface Called {
  department: string
  name: string
  turn: number
  leads: boolean
  calledAt: string
  due: string | null
  light: Light
  objection: { at: string, by: string, outcome: 'upheld' | 'refused' | null } | null
  noShowAt: string | null
  checkIn: { at: string, by: string, late: boolean, location: Spot | null, accuracy: number | null, distance: number | null } | null
  result: { at: string, outcome: 'done' | 'partly' | 'nothing' } | null
  released: { at: string, by: string, why: 'objection' | 'township' } | null
  marks: { arrival: number, effort: number, result: number, remark: string | null, by: string, at: string, appealedAt: string | null, appealOutcome: string | null, finalAt: string | null } | null
  alsoCalledBy: { number: string, title: string | null, at: string, checkedIn: boolean }[]
}

export interface Action { key: string, name: string, nameEn: string, form: FormSchema | null }

/** Everything about one case; the sections that other parts of the product fill stand beside the facts. */
export interface CaseFile {
  number: string
  process: string
  title: string
  description: string | null
  category: string | null
  area: string | null
  location: { lng: number, lat: number } | null
  urgency: string
  channel: string
  stage: string
  open: boolean
  light: Light
  due: string | null
  round: number
  unit: string | null
  result: string | null
  rating: { solved?: boolean, satisfaction?: number, comment?: string, at?: string } | null
  problem: boolean
  reporter: { name: string | null, phone: string | null, anonymous: boolean } | null
  occurredAt: string | null
  openedAt: string
  closedAt: string | null
  milestones: { key: string, name: string, nameEn: string, process: string, round: number, at: string }[]
  entries: Entry[]
  /** All but kind and number are null for a case this reader may not see. */
  links: { kind: string, number: string, title: string | null, process: string | null, stage: string | null, light: Light | null, due: string | null }[]
  units: { unit: string, role: string, since: string }[]
  attachments: Attachment[]
  deadlines: Deadline[]
  clocks: ClockPast[]
  whistle: Whistle | null
  actions: Action[]
  openItems: OpenItem[]
}
