package org.closedloop.board;

import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;

/** A unit, area or category by code and Chinese name; {@code code} null for the rest that has none. */
public record Named(String code, String name) {

  private static final String NOBODY = "尚未派遣";

  /** A unit that was removed keeps its code as name. */
  public static Named unit(Organisation organisation, String code) {
    return code == null || code.isEmpty() ? new Named(null, NOBODY)
        : new Named(code, organisation.unit(code).map(Unit::name).orElse(code));
  }

  public static Named area(Organisation organisation, String code) {
    return new Named(code, organisation.area(code).map(Area::name).orElse(code));
  }
}
