import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import './diagram.css'

/**
 * A model painted with the path a case took in it. Loaded when the first diagram is opened: the library is as large as
 * the rest of the page. Colours are the theme's own variables, so that light and dark need no painting anew.
 */

export type State = 'done' | 'active' | 'overdue' | 'ahead'

export interface Painting {
  xml: string
  /** Sequence flows taken. */
  taken: Set<string>
  state: (element: string) => State
  /** What stands beside an element: how often it was passed, what is left of its time. */
  badge: (element: string, kind: Kind) => Badge | null
  /** Names in English, where the model has them. */
  english: boolean
}

export interface Badge { state: State, text: string, title: string }
export type Kind = 'task' | 'scope' | 'event' | 'gateway'
/** A node as the list beside the diagram shows it. */
export interface Node { id: string, name: string, kind: Kind }

interface Moddle { $type: string, id?: string, name?: string, documentation?: { text?: string }[], [more: string]: unknown }
interface Di { bpmnElement: Moddle, label?: Di, bounds?: { x: number, y: number, width: number }, set(name: string, value: unknown): void }
interface Element { id: string, businessObject: Moddle, labelTarget?: Element, x: number, y: number, width: number, height: number }
interface Canvas {
  zoom(to?: number | 'fit-viewport', around?: 'auto' | { x: number, y: number }): number
  viewbox(to?: { x: number, y: number, width: number, height: number }): { x: number, y: number, scale: number, outer: { width: number, height: number }, inner: { x: number, y: number, width: number, height: number } }
  scroll(by: { dx: number, dy: number }): void
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
  resized(): void
}

const COLOURS: Record<State, { line: string, ground: string, text: string }> = {
  done: { line: 'var(--green-dot)', ground: 'var(--green-soft)', text: 'var(--text)' },
  active: { line: 'var(--brand)', ground: 'var(--brand-soft)', text: 'var(--text)' },
  overdue: { line: 'var(--red-dot)', ground: 'var(--red-soft)', text: 'var(--text)' },
  ahead: { line: 'var(--line-strong)', ground: 'var(--panel)', text: 'var(--text-faint)' },
}
const PATH = 'var(--green-dot)'
const MARGIN = 70
/** A label in English: its width, the letters of a line, the height of one. */
const WIDE = 90
const LETTERS = 15
const LINE = 14
const CLOSEST = 0.2
const WIDEST = 3

export class DiagramViewer {
  private readonly viewer: InstanceType<typeof NavigatedViewer>
  private painting: Painting | null = null
  private chosen: string | null = null
  private fingers = new Map<number, { x: number, y: number }>()

  constructor(private readonly container: HTMLElement, choose: (element: string | null) => void) {
    this.viewer = new NavigatedViewer({
      container,
      bpmnRenderer: { defaultFillColor: 'var(--panel)', defaultStrokeColor: 'var(--line-strong)', defaultLabelColor: 'var(--text-faint)' },
      // by name, not by variable: it is measured apart from the page
      textRenderer: { defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 }, externalStyle: { fontSize: 11 } },
    } as ConstructorParameters<typeof NavigatedViewer>[0])
    this.viewer.on('import.parse.complete', (event: unknown) => this.prepare(event as { definitions: Moddle }))
    this.viewer.on('element.click', (event: unknown) => {
      const element = (event as { element: Element }).element
      const id = element.labelTarget?.id ?? element.id
      choose(this.kind(id) ? id : null)
    })
    container.addEventListener('pointerdown', this.finger)
    container.addEventListener('pointermove', this.finger)
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
      container.addEventListener(end, e => this.fingers.delete(e.pointerId))
    }
  }

  /** Paints; what was looked at before stays in sight when the model is the same. */
  async paint(painting: Painting, label: string): Promise<Node[]> {
    const before = this.painting?.xml === painting.xml ? this.canvas.viewbox() : null
    this.painting = painting
    await this.viewer.importXML(painting.xml)
    const nodes = this.elements().flatMap(e => this.mark(e))
    const drawing = this.container.querySelector('svg')
    drawing?.setAttribute('role', 'application')
    drawing?.setAttribute('aria-label', label)
    if (before) {
      this.canvas.viewbox(before.inner && { x: before.x, y: before.y, width: before.outer.width / before.scale, height: before.outer.height / before.scale })
      this.choose(this.chosen)
    }
    return nodes
  }

  fit() {
    this.canvas.resized()
    this.canvas.zoom('fit-viewport', 'auto')
  }

  /** Moves what is in sight, in pixels. */
  move(dx: number, dy: number) {
    this.canvas.scroll({ dx, dy })
  }

  /** The window became another size. */
  resized() {
    this.canvas.resized()
  }

  /** Shows where the case has been, as large as the window allows. */
  fitTo(ids: string[]) {
    const all = ids.map(id => this.registry.get(id)).filter(e => e !== undefined)
    if (all.length) {
      this.canvas.resized()
      const left = Math.min(...all.map(e => e.x)) - MARGIN
      const top = Math.min(...all.map(e => e.y)) - MARGIN
      const width = Math.max(...all.map(e => e.x + e.width)) + MARGIN - left
      const height = Math.max(...all.map(e => e.y + e.height)) + MARGIN - top
      const { outer } = this.canvas.viewbox()
      const scale = Math.min(outer.width / width, outer.height / height, 1.1)
      this.canvas.viewbox({ x: left - (outer.width / scale - width) / 2, y: top - (outer.height / scale - height) / 2, width: outer.width / scale, height: outer.height / scale })
    }
  }

  /** Larger above 1, smaller below. */
  zoomBy(factor: number) {
    this.canvas.zoom(Math.min(WIDEST, Math.max(CLOSEST, this.canvas.zoom() * factor)), 'auto')
  }

  /** Shows an element in the middle, as large as one reads it. */
  show(id: string, scale = 1) {
    const element = this.registry.get(id)
    if (element) {
      const { outer } = this.canvas.viewbox()
      const width = outer.width / scale
      const height = outer.height / scale
      this.canvas.viewbox({ x: element.x + element.width / 2 - width / 2, y: element.y + element.height / 2 - height / 2, width, height })
    }
  }

  choose(id: string | null) {
    if (this.chosen && this.registry.get(this.chosen)) {
      this.canvas.removeMarker(this.chosen, 'path-chosen')
    }
    this.chosen = id
    if (id && this.registry.get(id)) {
      this.canvas.addMarker(id, 'path-chosen')
    }
  }

  destroy() {
    this.viewer.destroy()
  }

  private get canvas() {
    return this.viewer.get('canvas') as Canvas
  }

  private get registry() {
    return this.viewer.get('elementRegistry') as { get(id: string): Element | undefined, getAll(): Element[] }
  }

  private elements() {
    return this.registry.getAll().filter(e => e.businessObject?.id)
  }

  /** Before it is drawn: names in the page's language, colours by state, and without the model's own key of colours. */
  private prepare({ definitions }: { definitions: Moddle }) {
    for (const diagram of (definitions?.diagrams ?? []) as { plane: { planeElement: Di[] } }[]) {
      diagram.plane.planeElement = diagram.plane.planeElement.filter(di => di.bpmnElement?.$type !== 'bpmn:TextAnnotation')
      for (const di of diagram.plane.planeElement) {
        const model = di.bpmnElement
        if (!model?.id) {
          continue
        }
        if (this.painting!.english && model.name && model.documentation?.[0]?.text) {
          model.name = model.documentation[0].text.trim().split('\n')[0]
        }
        // room for a label was made for two or three characters of Chinese
        if (this.painting!.english && di.label?.bounds) {
          const { x, y, width } = di.label.bounds
          // what stands above grows upwards
          const lines = Math.ceil((model.name?.length ?? 0) / LETTERS)
          const above = di.bounds && y < di.bounds.y && Math.abs(x + width / 2 - di.bounds.x - di.bounds.width / 2) < di.bounds.width
          Object.assign(di.label.bounds, { x: x + width / 2 - WIDE / 2, width: WIDE, y: above ? y - (lines - 1) * LINE : y })
        }
        const flow = model.$type === 'bpmn:SequenceFlow'
        const colours = COLOURS[flow ? 'ahead' : this.painting!.state(model.id)]
        const taken = flow && this.painting!.taken.has(model.id)
        const scope = kindOf(model) === 'scope'
        di.set('color:border-color', taken ? PATH : colours.line)
        di.set('bioc:stroke', taken ? PATH : colours.line)
        di.set('color:background-color', scope ? 'var(--panel)' : colours.ground)
        di.set('bioc:fill', scope ? 'var(--panel)' : colours.ground)
        di.label?.set('color:color', taken ? 'var(--text)' : colours.text)
      }
    }
  }

  /** After it is drawn: thick lines, so that nobody depends on colours, and badges. */
  private mark(element: Element): Node[] {
    const id = element.labelTarget?.id ?? element.id
    if (this.painting!.taken.has(id)) {
      this.canvas.addMarker(element.id, 'path-taken')
      return []
    }
    const kind = this.kind(id)
    if (!kind) {
      return []
    }
    const state = this.painting!.state(id)
    this.canvas.addMarker(element.id, `path-${state}`)
    if (element.labelTarget) {
      return []
    }
    const badge = this.painting!.badge(id, kind)
    if (badge) {
      const overlays = this.viewer.get('overlays') as { add(element: string, type: string, overlay: unknown): void }
      overlays.add(id, 'path', {
        position: badge.text ? { bottom: 9, left: -6 } : { top: -9, right: 11 },
        show: badge.text ? {} : { minZoom: 0.35 },
        html: badgeOf(badge),
      })
    }
    return [{ id, name: element.businessObject.name ?? '', kind }]
  }

  private kind(id: string): Kind | null {
    const model = this.registry.get(id)?.businessObject
    return model ? kindOf(model) : null
  }

  /** One finger moves, two enlarge; the mouse is the library's own matter. */
  private finger = (e: PointerEvent) => {
    if (e.pointerType !== 'touch') {
      return
    }
    const before = this.fingers.get(e.pointerId)
    const others = [...this.fingers].filter(([id]) => id !== e.pointerId).map(([, at]) => at)
    const at = { x: e.clientX, y: e.clientY }
    this.fingers.set(e.pointerId, at)
    if (!before || e.type === 'pointerdown') {
      return
    }
    if (!others.length) {
      this.canvas.scroll({ dx: at.x - before.x, dy: at.y - before.y })
    } else {
      const apart = (a: { x: number, y: number }) => Math.hypot(a.x - others[0]!.x, a.y - others[0]!.y)
      const box = this.container.getBoundingClientRect()
      const middle = { x: (at.x + others[0]!.x) / 2 - box.x, y: (at.y + others[0]!.y) / 2 - box.y }
      const wanted = this.canvas.zoom() * apart(at) / Math.max(1, apart(before))
      this.canvas.zoom(Math.min(WIDEST, Math.max(CLOSEST, wanted)), middle)
    }
  }
}

function kindOf(model: Moddle): Kind | null {
  const type = model.$type.replace('bpmn:', '')
  return /^(SubProcess|Process)$/.test(type) ? type === 'Process' ? null : 'scope'
    : /(Task|CallActivity)$/.test(type) ? 'task' : /Event$/.test(type) ? 'event' : /Gateway$/.test(type) ? 'gateway' : null
}

function badgeOf({ state, text, title }: Badge): HTMLElement {
  const badge = document.createElement('span')
  badge.className = `path-badge ${state}${text ? ' worded' : ''}`
  badge.title = title
  badge.textContent = text
  return badge
}
