package org.closedloop.board.scorecard;

import java.util.Arrays;
import java.util.List;
import org.closedloop.problem.Words;

/**
 * The numbers of a scorecard. A case counts once in each row for each rate: as met when all that its unit owed was met,
 * for {@link #REWORK} and {@link #RETURN} as soon as it happened once. What is due is due in the month in which its
 * deadline falls; it counts once it is decided: done, or its deadline passed. What was taken from a unit in time
 * (returned, withdrawn, merged) was not due. What exactly is counted: {@link LineSql}.
 */
enum Rate {
  /** 响应率: reports accepted, refused or asked about in time, and reporters answered in time ÷ those due. */
  RESPONSE("响应率", "response rate", true),
  /** 解决率: the reporter says solved ÷ reporters asked who answered that. */
  SOLVING("解决率", "solving rate", true),
  /** 满意率: rated 4 or 5 ÷ rated. */
  SATISFACTION("满意率", "satisfaction", true),
  /** 按期结案率: closed without a deadline of the unit missed ÷ (due − suspended). */
  ON_TIME("按期结案率", "on-time closing rate", true),
  /** 返工率: verification failed ÷ verified. */
  REWORK("返工率", "rework rate", false),
  /** 退单率: returned by the unit ÷ dispatched to it. */
  RETURN("退单率", "return rate", false),
  /** 报到率: checked in in time ÷ called. */
  CHECK_IN("报到率", "whistle response rate", true),
  /** 停表: cases that would be due, but whose clock stands still; kept out of {@link #ON_TIME}. */
  SUSPENDED("停表案件", "suspended", false),
  /** 黄牌: cases with a yellow card that nobody lifted. */
  YELLOW_CARD("黄牌", "yellow cards", false),
  /** 红牌. */
  RED_CARD("红牌", "red cards", false),
  /** 评哨: whistles after which the township marked the department. */
  MARKS("评哨", "marks", false);

  /** With numerator and denominator; the others are counts. */
  static final List<Rate> RATES = List.of(RESPONSE, SOLVING, SATISFACTION, ON_TIME, REWORK, RETURN, CHECK_IN);

  private final Words words;
  private final boolean weighable;

  Rate(String zh, String en, boolean weighable) {
    this.words = Words.of(zh, en);
    this.weighable = weighable;
  }

  /** As the API and the tables say it: {@code on-time}. */
  String key() {
    return name().toLowerCase().replace('_', '-');
  }

  Words words() {
    return words;
  }

  /** Better when higher, so that it may be part of the composite score. */
  boolean weighable() {
    return weighable;
  }

  /** Null when there is none. */
  static Rate of(String key) {
    return Arrays.stream(values()).filter(r -> r.key().equals(key)).findFirst().orElse(null);
  }
}
