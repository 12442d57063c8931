package org.closedloop.casefile;

import java.time.Instant;

/**
 * 案卷: the facts of one matter as the register holds them. Personal data of the reporter is not among them.
 *
 * @param stage       the stage task the case entered last, or the end it reached
 * @param round       1, and one more for every reopening
 * @param warnAt      earliest warning of the clocks that run, null when none runs
 * @param dueAt       earliest deadline of the clocks that run
 * @param pausedSince since when all clocks stand still
 */
public record CaseFile(String number, String process, String title, String description, String category, String area,
    String areaPath, Double lng, Double lat, String urgency, String channel, String stage, boolean open, int round,
    String leadUnit, String result, Boolean solved, Integer satisfaction, String ratingComment,
    Instant ratedAt, String trackingCode, String mergedInto, Instant occurredAt, Instant openedAt, Instant closedAt,
    Instant warnAt, Instant dueAt, Instant pausedSince) {

  public Light light(Instant now) {
    return open ? Light.of(now, warnAt, dueAt, pausedSince) : Light.NONE;
  }
}
