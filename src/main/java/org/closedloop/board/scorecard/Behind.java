package org.closedloop.board.scorecard;

import java.time.YearMonth;
import org.closedloop.problem.InvalidInput;

/**
 * Names one number of a scorecard, so that its cases can be listed: {@code 2026-10:unit:140929-ga:response:met}.
 *
 * @param by  unit, area, category, or all for the total
 * @param met only the numerator
 */
record Behind(YearMonth month, String by, String key, Rate rate, boolean met) {

  String text() {
    return month + ":" + by + ":" + key + ":" + rate.key() + ":" + (met ? "met" : "due");
  }

  String link() {
    return "/api/cases?scorecard=" + text();
  }

  /** @throws InvalidInput when it names none */
  static Behind of(String text) {
    String[] parts = text.split(":", -1);
    Rate rate = parts.length == 5 ? Rate.of(parts[3]) : null;
    if (rate == null || !parts[1].matches("unit|area|category|all") || !parts[2].matches("[0-9A-Za-z_-]{1,60}")
        || !parts[4].matches("met|due")) {
      throw InvalidInput.at("scorecard", "请使用考评表中数字给出的链接。", "Use the link given with a number of a scorecard.");
    }
    return new Behind(month("scorecard", parts[0]), parts[1], parts[2], rate, parts[4].equals("met"));
  }

  /** @throws InvalidInput when it is no month of this century or so */
  static YearMonth month(String field, String text) {
    if (text == null || !text.matches("2[0-9]{3}-(0[1-9]|1[0-2])")) {
      throw InvalidInput.at(field, "请填写月份，例如 2026-10。", "Give a month, for example 2026-10.");
    }
    return YearMonth.parse(text);
  }
}
