package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What became of one message.
 *
 * @param stage     where it ended: closed, refused, merged or withdrawn
 * @param direct    the duty list sent it without a dispatcher
 * @param extended  extensions granted
 * @param returned  returns accepted
 * @param ruled     consultations
 * @param reworked  verifications failed
 * @param reopened  further rounds
 * @param satisfied 1 to 5, 0: not rated
 */
public record Outcome(String stage, String unit, boolean direct, int asked, int returned, int ruled, int extended,
    int suspended, int reworked, boolean problem, int reopened, int satisfied, boolean solved) {

  static Outcome of(JsonNode c) {
    return new Outcome(c.get("stage").asText(), c.get("unit").asText(""), passed(c, "sent") > 0,
        passed(c, "supplement_asked"), passed(c, "returned"), passed(c, "ruled"), passed(c, "extended"),
        passed(c, "suspended"), passed(c, "reworked"), passed(c, "problem") > 0, c.get("round").asInt() - 1,
        c.path("rating").path("satisfaction").asInt(0), c.path("rating").path("solved").asBoolean(false));
  }

  /** How often the case passed that milestone, in all rounds; names are compared without regard to - and _. */
  static int passed(JsonNode c, String milestone) {
    int times = 0;
    for (JsonNode m : c.get("milestones")) {
      if (m.get("key").asText().replace('-', '_').equals(milestone)) {
        times++;
      }
    }
    return times;
  }

  List<String> columns() {
    return List.of(stage, unit, "" + direct, "" + asked, "" + returned, "" + ruled, "" + extended, "" + suspended,
        "" + reworked, "" + problem, "" + reopened, "" + satisfied, "" + solved);
  }

  static Outcome ofColumns(List<String> c) {
    return new Outcome(c.get(0), c.get(1), Boolean.parseBoolean(c.get(2)), Integer.parseInt(c.get(3)),
        Integer.parseInt(c.get(4)), Integer.parseInt(c.get(5)), Integer.parseInt(c.get(6)), Integer.parseInt(c.get(7)),
        Integer.parseInt(c.get(8)), Boolean.parseBoolean(c.get(9)), Integer.parseInt(c.get(10)),
        Integer.parseInt(c.get(11)), Boolean.parseBoolean(c.get(12)));
  }
}
