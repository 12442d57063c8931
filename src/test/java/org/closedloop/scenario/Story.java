package org.closedloop.scenario;

import java.util.List;
import java.util.Map;

/**
 * One named story of a scenarios file.
 *
 * @param line of the file where it begins
 */
record Story(String name, int line, List<Step> steps) {

  /** The few verbs a story is told in. */
  enum Verb { START, AT, CLAIM, COMPLETE, ACT, ORDER, WAIT, FIRE, FOLLOW, DISSOLVE, EXPECT, ENDED }

  /**
   * @param what    what stands behind the verb: a text, a list or a map, null when nothing does
   * @param answers what the form is answered with; the rest is filled in
   * @param by      username or {@code reporter}; null: whoever may
   * @param refused words of the refusal that is expected; null: it goes through
   */
  record Step(int line, Verb verb, Object what, Map<String, Object> answers, String by, String refused) {

    String text() {
      return String.valueOf(what);
    }

    @Override
    public String toString() {
      return "line " + line + ", " + verb.name().toLowerCase() + (what == null ? "" : " " + what);
    }
  }
}
