import { describe, expect, it } from 'vitest'
import { inCounty, middle, townshipAt, type Ground } from '@/lib/map/ground'

const square = (west: number, south: number, east: number, north: number) =>
  [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]]
const feature = (code: string, level: string, coordinates: number[][][][]) => ({ type: 'Feature',
  properties: { code, name: code, level, center: [] as number[] }, geometry: { type: 'MultiPolygon', coordinates } })
const ground: Ground = { source: null, approval: null, tiles: null, outline: { type: 'FeatureCollection', features: [
  feature('1', 'county', square(0, 0, 4, 2)), feature('11', 'township', square(0, 0, 2, 2)),
  feature('12', 'township', square(2, 0, 4, 2))] } }

describe('the ground', () => {
  it('knows in which township a place lies', () => {
    expect(townshipAt(ground, { lng: 1, lat: 1 })).toBe('11')
    expect(townshipAt(ground, { lng: 3.9, lat: 0.1 })).toBe('12')
    expect(townshipAt(ground, { lng: 5, lat: 1 })).toBeNull()
  })

  it('knows what lies outside the county, and nothing without an outline', () => {
    expect(inCounty(ground, { lng: 1, lat: 1 })).toBe(true)
    expect(inCounty(ground, { lng: 1, lat: 3 })).toBe(false)
    expect(inCounty({ ...ground, outline: { ...ground.outline, features: [] } }, { lng: 1, lat: 3 })).toBe(true)
  })

  it('puts a name into the middle', () => {
    expect(middle(ground.outline.features[2]!)).toEqual({ lng: 3, lat: 1 })
  })
})
