import { call } from '../api/client'
import type { Shape } from '../api/client'

/** What every map is drawn on: the outline of the county and its townships, from the product's own server. Asked once. */

export type Ground = Omit<Shape<'CountyMap'>, 'source' | 'approval' | 'tiles'> & {
  source: string | null, approval: string | null, tiles: string | null
}
export interface Place { lng: number, lat: number }
type Ring = number[][]

let reading: Promise<Ground> | null = null

export function readGround(): Promise<Ground> {
  reading ??= (call('get', '/api/public/map') as Promise<Ground>).catch(e => {
    reading = null
    throw e
  })
  return reading
}

/** After another outline was imported. */
export function forgetGround() {
  reading = null
}

/** Code of the township in which a place lies, by the outline; null where it says nothing about that. */
export function townshipAt(ground: Ground, place: Place): string | null {
  return ground.outline.features.find(f => f.properties.level === 'township' && f.properties.code
    && within(f.geometry.coordinates, place))?.properties.code ?? null
}

/** Whether a place lies in the county; where there is no outline, every place may. */
export function inCounty(ground: Ground, place: Place): boolean {
  const county = ground.outline.features.filter(f => f.properties.level === 'county')
  return !county.length || county.some(f => within(f.geometry.coordinates, place))
}

/** Where the name of an area stands: where its outline says, or in the middle of its largest part. */
export function middle(feature: Ground['outline']['features'][number]): Place {
  const [lng, lat] = feature.properties.center ?? []
  if (lng !== undefined && lat !== undefined) {
    return { lng, lat }
  }
  const largest = feature.geometry.coordinates.map(p => p[0]!).sort((a, b) => Math.abs(size(b)) - Math.abs(size(a)))[0]!
  const area = size(largest) || 1
  let x = 0
  let y = 0
  each(largest, (a, b, cross) => {
    x += (a[0]! + b[0]!) * cross
    y += (a[1]! + b[1]!) * cross
  })
  return { lng: x / (6 * area), lat: y / (6 * area) }
}

function within(polygons: Ring[][], { lng, lat }: Place): boolean {
  let inside = false
  polygons.flat().forEach(ring => each(ring, (a, b) => {
    if ((a[1]! > lat) !== (b[1]! > lat) && lng < (b[0]! - a[0]!) * (lat - a[1]!) / (b[1]! - a[1]!) + a[0]!) {
      inside = !inside
    }
  }))
  return inside
}

function size(ring: Ring): number {
  let twice = 0
  each(ring, (_, __, cross) => {
    twice += cross
  })
  return twice / 2
}

function each(ring: Ring, see: (a: number[], b: number[], cross: number) => void) {
  ring.forEach((b, i) => {
    const a = ring[(i || ring.length) - 1]!
    see(a, b, a[0]! * b[1]! - b[0]! * a[1]!)
  })
}
