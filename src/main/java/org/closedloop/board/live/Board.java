package org.closedloop.board.live;

import java.time.OffsetDateTime;
import java.util.List;
import org.closedloop.board.Lights;
import org.closedloop.board.Links;
import org.closedloop.board.Named;
import org.closedloop.casefile.Light;

/**
 * One moment's numbers, of what one person may see. Counts are of open cases unless they say otherwise; {@code links}
 * beside a number is the address that lists what it counted.
 *
 * @param at       when it was counted; at most two seconds ago
 * @param open     all open cases by light
 * @param stages   by case type and stage
 * @param units    by leading unit; cases nobody leads yet under a unit without code
 * @param areas    by the areas next below the person's own (the townships, for a county)
 * @param today    since local midnight
 * @param whistles what is sounding
 * @param overdue  the ten longest overdue, oldest deadline first
 */
record Board(OffsetDateTime at, Lights open, Links links, List<OfStage> stages, List<OfUnit> units,
    List<OfArea> areas, Today today, Whistles whistles, Overdue overdue) {

  record OfStage(String process, String stage, Lights lights, Links links) {}

  record OfUnit(Named unit, Lights lights, Links links) {}

  /** @param itself cases that lie in the area itself and in none of the areas in it, e.g. in the county as a whole */
  record OfArea(Named area, boolean itself, Lights lights, Links links) {}

  /** {@code closed}: through the whole loop; {@code ended}: these and the refused, merged and withdrawn. */
  record Today(long opened, long closed, long ended, TodayLinks links) {}

  record TodayLinks(String opened, String closed, String ended) {}

  /**
   * 正在吹哨.
   *
   * @param sounding open cases of the type {@code whistle}
   * @param calls    what the departments they called owe: those who must still come first, soonest first, then those
   *                 who came; at most fifty
   */
  record Whistles(long sounding, String link, List<Called> calls) {}

  /**
   * One called department and its time for checking in.
   *
   * @param checkedInAt null while it is awaited, and when it was released without having come
   * @param late        it came after its time
   * @param light       of its clock; none once it came or was released
   */
  record Called(String number, String title, Named area, Named unit, OffsetDateTime calledAt, OffsetDateTime due,
      OffsetDateTime checkedInAt, boolean late, OffsetDateTime releasedAt, Light light) {}

  record Overdue(String link, List<Late> items) {}

  record Late(String number, String title, String process, String stage, Named unit, Named area,
      OffsetDateTime due) {}
}
