import type { MapGroup, MapPoint } from './shown'

/**
 * What would lie on top of each other at this zoom becomes one. The server cuts the ground into squares; two middles on
 * both sides of a border may still be neighbours.
 *
 * @param tell the words for a group made of others
 */
export function apart(points: MapPoint[], groups: MapGroup[], zoom: number, tell: (group: MapGroup) => string):
    { points: MapPoint[], groups: MapGroup[] } {
  const made: MapGroup[] = []
  const worse = ['none', 'grey', 'green', 'yellow', 'red']
  const pixels = 256 * 2 ** zoom / 360
  const near = (a: MapPoint, b: MapPoint) => {
    const squeeze = Math.cos(a.lat * Math.PI / 180)
    return Math.hypot(a.lng - b.lng, (a.lat - b.lat) / squeeze) * pixels
  }
  for (const g of [...groups].sort((a, b) => b.count - a.count)) {
    const neighbour = made.find(m => near(m, g) < 34)
    if (neighbour) {
      const count = neighbour.count + g.count
      const boxes = [neighbour.bbox, g.bbox].map(b => b.split(',').map(Number) as [number, number, number, number])
      Object.assign(neighbour, {
        lng: (neighbour.lng * neighbour.count + g.lng * g.count) / count, lat: (neighbour.lat * neighbour.count + g.lat * g.count) / count,
        count, light: worse[Math.max(worse.indexOf(neighbour.light), worse.indexOf(g.light))],
        bbox: [Math.min(boxes[0]![0], boxes[1]![0]), Math.min(boxes[0]![1], boxes[1]![1]),
          Math.max(boxes[0]![2], boxes[1]![2]), Math.max(boxes[0]![3], boxes[1]![3])].join(','),
      })
      neighbour.label = tell(neighbour)
    } else {
      made.push({ ...g })
    }
  }
  return { points, groups: made }
}
