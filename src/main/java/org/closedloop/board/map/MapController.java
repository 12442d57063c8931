package org.closedloop.board.map;

import org.closedloop.casefile.Bounds;
import org.closedloop.organisation.Me;
import org.closedloop.problem.InvalidInput;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The map over HTTP. */
@RestController
class MapController {

  private final CaseMaps maps;
  private final Me me;

  MapController(CaseMaps maps, Me me) {
    this.maps = maps;
    this.me = me;
  }

  /**
   * Open cases within a stretch, of what the caller may see.
   *
   * @param bbox {@code lng1,lat1,lng2,lat2}, south-western corner first
   * @param zoom 0 to 22; left out, it follows from the stretch
   */
  @GetMapping("/api/board/map")
  CaseMap map(@RequestParam(required = false) String bbox, @RequestParam(required = false) Integer zoom) {
    Bounds bounds = Bounds.of(bbox);
    if (bounds == null) {
      throw InvalidInput.at("bbox", "请填写地图范围：经度1,纬度1,经度2,纬度2。",
          "Give the stretch of the map: lng1,lat1,lng2,lat2.");
    }
    return maps.of(me.sight(), bounds, zoom);
  }
}
