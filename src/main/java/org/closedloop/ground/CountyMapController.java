package org.closedloop.ground;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The ground of all maps over HTTP; nothing in it is secret, reporters pick places on it. */
@RestController
class CountyMapController {

  private final CountyMaps maps;

  CountyMapController(CountyMaps maps) {
    this.maps = maps;
  }

  /**
   * @param outline  GeoJSON, WGS-84: the county and, where there are, its townships; areas are known by {@code code} or
   *                 {@code adcode} among their properties
   * @param source   whose outline it is
   * @param approval 审图号
   */
  record NewMap(JsonNode outline, String source, String approval) {}

  /** What maps of this county are drawn on. */
  @GetMapping("/api/public/map")
  ResponseEntity<CountyMap> now() {
    CountyMap map = maps.now();
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).eTag(map.version()).body(map);
  }

  /** Imports the county's own outline (administrators). */
  @PutMapping("/api/map")
  CountyMap replace(@RequestBody NewMap body) {
    return maps.replace(body.outline(), body.source(), body.approval());
  }
}
