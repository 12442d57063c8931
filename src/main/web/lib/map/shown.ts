import type { Light } from '../api/shapes'
import type { Place } from './ground'

/** What a map may be given to show, and the words it is given to speak with. */

/** One thing in its place; `label` is told to those who do not see it: “红灯 · 路灯不亮”. */
export interface MapPoint extends Place { id: string, label: string, light: Light }
/** Several things too near each other to be shown apart, in the colour of the worst of them. */
export interface MapGroup extends MapPoint { count: number, bbox: string }

/** What the window of the map shows: `lng1,lat1,lng2,lat2`. */
export interface MapWindow { bbox: string, zoom: number }

export interface MapWords {
  /** What this map is. */
  label: string
  zoomIn: string
  zoomOut: string
  whole: string
  /** The one place that is shown or picked. */
  place: string
  /** How to pick one; not needed on a map that only shows. */
  pick?: string
  /** The ground could not be read; the map works without it. */
  noGround: string
}
