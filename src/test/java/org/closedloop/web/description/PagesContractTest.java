package org.closedloop.web.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The pages are compiled against {@code src/main/web/lib/api/openapi.json}. Everything in it must still be so; what is
 * new in the API may wait there until a page needs it. The present description is written to {@code target/openapi.json}:
 * copy it over the old one to take it up.
 */
@LiveApp
class PagesContractTest {

  private static final Path AGREED = Path.of("src/main/web/lib/api/openapi.json");
  private static final Path PRESENT = Path.of("target/openapi.json");

  private final ObjectMapper json =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  @Autowired Caller caller;

  @Test
  void theApiStillIsWhatThePagesWereBuiltFor() throws IOException {
    ObjectNode present = (ObjectNode) caller.get("/v3/api-docs").expect(200).json();
    present.remove("servers");
    Files.writeString(PRESENT, json.writeValueAsString(json.treeToValue(present, Object.class)));
    List<String> broken = new ArrayList<>();
    compare("", json.readTree(AGREED.toFile()), present, broken);
    assertThat(broken).as("no longer as in %s; if that is meant, copy %s there and mend the pages", AGREED, PRESENT)
        .isEmpty();
  }

  private static void compare(String at, JsonNode agreed, JsonNode present, List<String> broken) {
    if (present == null || present.isMissingNode()) {
      broken.add(at + " is gone");
    } else if (agreed.isObject()) {
      agreed.fields().forEachRemaining(
          f -> compare(at + "/" + f.getKey(), f.getValue(), present.path(f.getKey()), broken));
    } else if (agreed.isArray() && agreed.size() > 0 && agreed.get(0).isValueNode()) {
      if (!asSet(present).containsAll(asSet(agreed))) {
        broken.add(at + " lacks some of " + agreed);
      }
    } else if (agreed.isArray()) {
      for (JsonNode one : agreed) {
        if (StreamSupport.stream(present.spliterator(), false).noneMatch(p -> holds(one, p))) {
          broken.add(at + " lacks " + one);
        }
      }
    } else if (!named(at) && !agreed.equals(present)) {
      broken.add(at + " is " + present + ", was " + agreed);
    }
  }

  /** Names of methods and words for readers change nothing for a page. */
  private static boolean named(String at) {
    return at.endsWith("/operationId") || at.endsWith("/description") || at.endsWith("/summary");
  }

  private static boolean holds(JsonNode agreed, JsonNode present) {
    List<String> broken = new ArrayList<>();
    compare("", agreed, present, broken);
    return broken.isEmpty();
  }

  private static Set<String> asSet(JsonNode array) {
    Set<String> values = new HashSet<>();
    array.forEach(v -> values.add(v.toString()));
    return values;
  }
}
