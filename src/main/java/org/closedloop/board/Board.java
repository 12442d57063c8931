package org.closedloop.board;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * One moment's numbers, of what one person may see. Counts are of open cases unless they say otherwise.
 *
 * @param at       when it was counted; at most two seconds ago
 * @param open     all open cases by light
 * @param stages   by case type and stage
 * @param units    by leading unit; cases nobody leads yet under a unit without code
 * @param areas    by the areas next below the person's own (the townships, for a county); cases that lie in none of
 *                 these under an area without code
 * @param today    since local midnight
 * @param whistles open cases of the type {@code whistle}
 * @param overdue  the ten longest overdue, oldest deadline first
 */
public record Board(OffsetDateTime at, Lights open, List<OfStage> stages, List<OfUnit> units, List<OfArea> areas,
    Today today, long whistles, List<Overdue> overdue) {

  /** {@code none}: without any running deadline. */
  public record Lights(long total, long green, long yellow, long red, long grey, long none) {

    static final Lights ZERO = new Lights(0, 0, 0, 0, 0, 0);

    Lights plus(String light, long cases) {
      return new Lights(total + cases,
          green + (light.equals("green") ? cases : 0), yellow + (light.equals("yellow") ? cases : 0),
          red + (light.equals("red") ? cases : 0), grey + (light.equals("grey") ? cases : 0),
          none + (light.equals("none") ? cases : 0));
    }
  }

  /** A code and its name in Chinese; {@code code} null for the rest. */
  public record Named(String code, String name) {}

  public record OfStage(String process, String stage, Lights lights) {}

  public record OfUnit(Named unit, Lights lights) {}

  public record OfArea(Named area, Lights lights) {}

  /** {@code closed}: through the whole loop; {@code ended}: these and the refused, merged and withdrawn. */
  public record Today(long opened, long closed, long ended) {}

  public record Overdue(String number, String title, String process, String stage, Named unit, Named area,
      OffsetDateTime due) {}
}
