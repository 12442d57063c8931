package org.closedloop.casefile.nearby;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/public/cases/map}: the same for everybody. */
@RestController
class PublicMapController {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final PublicMap map;

  PublicMapController(PublicMap map) {
    this.map = map;
  }

  @GetMapping("/api/public/cases/map")
  ResponseEntity<PublicMap.Shown> publicMap() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(FRESH).cachePublic()).body(map.now());
  }
}
