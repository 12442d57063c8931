package org.closedloop.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.closedloop.Caller;

/** Opens what is behind a number, the way a page does. */
public final class DrillDown {

  private DrillDown() {}

  /** The numbers of all cases the address lists, page by page; none comes twice. */
  public static Set<String> open(Caller reader, String link) {
    Set<String> found = new HashSet<>();
    String after = null;
    do {
      JsonNode page = reader.get(link + "&limit=200" + (after == null ? "" : "&after=" + after)).expect(200).json();
      for (JsonNode line : page.path("items")) {
        assertThat(found.add(line.path("number").asText())).as(link + " lists a case twice").isTrue();
      }
      after = page.path("next").isNull() ? null : page.path("next").asText();
    } while (after != null);
    return found;
  }

  /** Every number of lights in the answer, and of what it holds, equals the list behind it. @return numbers opened */
  public static int openAllLights(Caller reader, JsonNode node) {
    int opened = 0;
    JsonNode lights = node.has("lights") ? node.path("lights") : node.path("open");
    if (lights.has("total") && node.has("links")) {
      for (String light : (Iterable<String>) lights::fieldNames) {
        String link = node.path("links").path(light).asText();
        assertThat(open(reader, link)).as(link).hasSize(lights.path(light).asInt());
        opened++;
      }
    }
    for (JsonNode inner : node) {
      opened += openAllLights(reader, inner);
    }
    return opened;
  }
}
