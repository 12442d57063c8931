package org.closedloop.ground;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The outline that maps are drawn on: anybody may see it, administrators import it, and only an outline is taken. */
@LiveApp
class CountyMapTest {

  @Autowired Caller caller;

  @Test
  void everyMapIsDrawnOnTheCountysOwnOutline() {
    Caller.Answer map = caller.get("/api/public/map").expect(200);
    JsonNode features = map.json().path("outline").path("features");
    assertThat(features).hasSize(11);
    assertThat(features.get(0).path("properties").path("name").asText()).isEqualTo("岢岚县");
    assertThat(features.get(1).path("geometry").path("type").asText()).isEqualTo("MultiPolygon");
    assertThat(caller.with("If-None-Match", map.header("ETag")).get("/api/public/map").status()).isEqualTo(304);
  }

  @Test
  void anAdministratorImportsAnOutlineAsOtherSystemsWriteIt() {
    JsonNode before = caller.get("/api/public/map").json();
    Map<String, Object> square = Map.of("type", "Polygon", "coordinates",
        List.of(List.of(List.of(111.2, 38.5), List.of(111.8, 38.5), List.of(111.8, 38.9), List.of(111.2, 38.5))));
    try {
      JsonNode after = caller.as("admin").put("/api/map", Map.of("source", "县自然资源局", "approval", "晋S(2026)001号",
          "outline", Map.of("type", "Feature", "properties", Map.of("adcode", 140929), "geometry", square)))
          .expect(200).json();
      assertThat(after.path("outline").path("features").get(0).path("properties").path("name").asText()).isEqualTo("岢岚县");
      assertThat(after.path("approval").asText()).isEqualTo("晋S(2026)001号");
      assertThat(caller.as("admin").get("/api/administration/acts?kind=map&limit=1").expect(200).text()).contains("晋S(2026)001号");
    } finally {
      caller.as("admin").put("/api/map", Map.of("source", before.path("source").asText(), "outline", before.path("outline")))
          .expect(200);
    }
  }

  @Test
  void whatIsNoOutlineIsRefusedWithTheReason() {
    for (Object wrong : List.of(Map.of("type", "Point", "coordinates", List.of(111.5, 38.7)),
        Map.of("type", "Polygon", "coordinates", List.of()), Map.of("type", "FeatureCollection", "features", List.of()),
        Map.of("type", "Polygon", "coordinates", List.of(List.of(List.of(4_200_000, 38), List.of(1, 2), List.of(2, 2), List.of(1, 1)))))) {
      assertThat(caller.as("admin").put("/api/map", Map.of("outline", wrong)).expect(422).json().path("errors").get(0)
          .path("field").asText()).startsWith("outline");
    }
    caller.as("admin").put("/api/map", Map.of("source", "无")).expect(422);
    caller.as("supervisor").put("/api/map", Map.of("outline", Map.of())).expect(403);
  }
}
