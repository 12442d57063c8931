package org.closedloop.deadline;

import org.closedloop.problem.Words;

/** 时限单位: the four ways in which time is counted; they stand side by side and are never converted into each other. */
public enum AllowanceUnit {
  /** Clock time, day and night. */
  MINUTES("分钟", "minutes"),
  /** 工作时: runs only inside office hours. */
  WORKING_HOURS("工作时", "working hours"),
  /** 工作日: ends at the close of the n-th office day after the day it began. */
  WORKING_DAYS("个工作日", "working days"),
  /** 自然日: ends at the close of the n-th day, or of the next office day where that one is off. */
  DAYS("个自然日", "calendar days");

  private final Words name;

  AllowanceUnit(String zh, String en) {
    this.name = Words.of(zh, en);
  }

  /** As it stands after a number: {@code 3 个工作日}, {@code 3 working days}. */
  public Words words() {
    return name;
  }

  boolean counted() {
    return this == WORKING_DAYS || this == DAYS;
  }

  boolean inOfficeHours() {
    return this == WORKING_HOURS || this == WORKING_DAYS;
  }

  /** The amount as {@link WorkingCalendar#resume} takes it: seconds, or days for the units counted in days. */
  long steps(int amount) {
    return switch (this) {
      case MINUTES -> amount * 60L;
      case WORKING_HOURS -> amount * 3600L;
      case WORKING_DAYS, DAYS -> amount;
    };
  }
}
