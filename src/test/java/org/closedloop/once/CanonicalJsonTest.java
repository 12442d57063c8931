package org.closedloop.once;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies are the same when they mean the same. */
class CanonicalJsonTest {

  private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private String hash(String text) throws Exception {
    return CanonicalJson.hash(json.readTree(text));
  }

  @Test
  void orderOfKeysBlanksAndWaysToWriteANumberDoNotMatter() throws Exception {
    assertThat(hash("{\"a\":1,\"b\":[1,2]}")).isEqualTo(hash("{ \"b\" : [1.0,2], \"a\" : 1e0 }"));
    assertThat(hash("\"\\u4e2d\"")).isEqualTo(hash("\"中\""));
    assertThat(hash("0")).isEqualTo(hash("-0.0"));
    assertThat(CanonicalJson.hash(null)).isEqualTo(hash("null"));
  }

  @Test
  void everythingElseDoes() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String text : List.of("null", "\"null\"", "{}", "[]", "\"\"", "0", "\"0\"", "[1,2]", "[2,1]", "[[1],2]", "[1,[2]]",
        "{\"a\":null}", "{\"a\":\"b,c\"}", "{\"a\":\"b\",\"c\":null}", "true", "\"true\"", "1e999999999")) {
      hashes.add(hash(text));
    }
    assertThat(hashes).doesNotHaveDuplicates();
  }
}
