package org.closedloop.organisation;

/** A unit as it stands in a table or a file, every value still a text: what {@link Roster} checks and keeps. */
public record UnitRow(String code, String name, String kind, String parent, String area) {

  static UnitRow of(Unit unit) {
    return new UnitRow(unit.code(), unit.name(), unit.kind().code(), unit.parent(), unit.area());
  }

  Unit unit() {
    return new Unit(code, name, UnitKind.of(kind), parent, area);
  }
}
