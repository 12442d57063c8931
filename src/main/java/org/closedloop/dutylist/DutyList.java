package org.closedloop.dutylist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;

/**
 * Who answers for a matter, and why. The row with the most specific category decides, among those the one with the most
 * specific area, among those the first: what the county says about "blocked drains" goes before what a township says
 * about "drainage".
 */
@Service
public class DutyList {

  /** Kinds of unit that can be given a matter; a grid reports and does not handle. */
  static final Set<UnitKind> CAN_LEAD = Set.of(UnitKind.COMMAND_CENTRE, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP,
      UnitKind.ENFORCEMENT_TEAM, UnitKind.VILLAGE);
  private static final Set<UnitKind> BELOW_THE_COUNTY = Set.of(UnitKind.TOWNSHIP, UnitKind.ENFORCEMENT_TEAM,
      UnitKind.VILLAGE, UnitKind.GRID);

  private final DutyListVersionMapper versions;
  private final DutyRowMapper rows;
  private final Categories categories;
  private final Organisation organisation;

  DutyList(DutyListVersionMapper versions, DutyRowMapper rows, Categories categories, Organisation organisation) {
    this.versions = versions;
    this.rows = rows;
    this.categories = categories;
    this.organisation = organisation;
  }

  /**
   * What the list in force says. Always answers: without a unit when category or area is missing or unknown, when no
   * row matches, or when the row means "the township" and the area lies in none; {@code why} tells which.
   */
  public Proposal propose(String categoryCode, String areaCode) {
    return versions.current().map(version -> propose(version, categoryCode, areaCode)).orElseGet(() -> undecided(null,
        null, "还没有生效的权责清单；请由派遣员选择主办单位，并请管理员发布权责清单。",
        "No duty list is in force yet; the dispatcher chooses the lead unit, and an administrator should publish one."));
  }

  /** What one version of the list says or said; see {@link #propose(String, String)}. */
  Proposal propose(int version, String categoryCode, String areaCode) {
    Optional<Category> category = categories.category(categoryCode);
    Optional<Area> area = organisation.area(areaCode);
    if (category.isEmpty() || area.isEmpty()) {
      return undecided(version, null, "没有填写事项分类或区域，权责清单无从判断；请先补充分类和区域。",
          "Without a known category and area the duty list cannot say; fill them in first.");
    }
    return match(version, category.get(), area.get())
        .map(row -> proposal(row, category.get(), area.get()))
        .orElseGet(() -> undecided(version, null,
            "权责清单（第" + version + "版）没有关于事项“" + category.get().name() + "”、区域“" + area.get().name()
                + "”的行；请由派遣员选择主办单位并说明理由，必要时提请会商后补充清单。",
            "Duty list (version " + version + ") has no row for category “" + category.get().nameEn() + "” in "
                + area.get().name() + "; the dispatcher chooses the lead unit and says why, and the row should be added."));
  }

  /** The department the list in force gives the matter to; empty when it gives it to another kind of unit or nobody. */
  public Optional<Unit> departmentOf(String categoryCode, String areaCode) {
    return organisation.unit(propose(categoryCode, areaCode).unit()).filter(u -> u.kind() == UnitKind.DEPARTMENT);
  }

  /**
   * Checks that a unit may be given the lead of a matter: it exists, it can handle matters, and work that the list gives
   * to a department is not pushed down to a township or below.
   *
   * @param field name of the field the finding is reported at
   * @throws InvalidInput when it may not
   */
  public void mayLead(String categoryCode, String areaCode, String unitCode, String field) {
    Unit unit = organisation.unit(unitCode).orElseThrow(() -> InvalidInput.at(field,
        "没有这个单位，请从单位列表中选择。", "There is no such unit; choose one from the list of units."));
    if (!CAN_LEAD.contains(unit.kind())) {
      throw InvalidInput.at(field, "“" + unit.name() + "”是网格，不能主办案件；请选择部门、乡镇、村（社区）或执法队。",
          unit.name() + " is a grid and cannot lead a case; choose a department, township, village or enforcement team.");
    }
    if (organisation.dissolved(unit.code())) {
      throw InvalidInput.at(field, "“" + unit.name() + "”已经撤销，请选择其他单位。",
          unit.name() + " has been dissolved; choose another unit.");
    }
    if (BELOW_THE_COUNTY.contains(unit.kind())) {
      Proposal said = propose(categoryCode, areaCode);
      if (organisation.unit(said.unit()).filter(u -> u.kind() == UnitKind.DEPARTMENT).isPresent()) {
        throw InvalidInput.at(field,
            "不得把部门的职责下派给“" + unit.name() + "”：" + said.why().zh(),
            "Work of a department cannot be pushed down to " + unit.name() + ". " + said.why().en());
      }
    }
  }

  private Optional<DutyRow> match(int version, Category category, Area area) {
    List<String> kinds = new ArrayList<>();
    for (int length = 2; length <= category.code().length(); length += 2) {
      kinds.add(category.code().substring(0, length));
    }
    // from the county down: the further right, the more specific
    List<String> ground = List.of(area.path().split("/"));
    return rows.about(version, kinds, ground).stream().min(
        Comparator.comparingInt((DutyRow r) -> -r.category().length())
            .thenComparingInt(r -> -ground.indexOf(r.area()))
            .thenComparingInt(DutyRow::rowNo));
  }

  private Proposal proposal(DutyRow row, Category category, Area area) {
    Optional<Unit> unit = unitOf(row, area);
    Words because = because(row, category, area);
    if (unit.isEmpty()) {
      String kind = row.unit().equals(DutyRow.TOWNSHIP) ? "所在乡镇" : row.unit().equals(DutyRow.ENFORCEMENT_TEAM)
          ? "所在乡镇的综合行政执法队" : "单位 " + row.unit();
      return undecided(row.version(), row,
          because.zh() + "由" + kind + "负责，但区域“" + area.name() + "”找不到这个单位；请把区域填到乡镇或村，或由派遣员选择。",
          because.en() + " gives it to the " + (row.namesAKind() ? row.unit() + " of the area" : "unit " + row.unit())
              + ", which " + area.name() + " has not; name the township or village, or let the dispatcher choose.");
    }
    String name = unit.get().name();
    Words why = Words.of(
        because.zh() + "由" + name + "负责，依据" + row.basis() + "，自" + row.since() + "起"
            + (row.direct() ? "，直派" : "") + "；因为 类别=" + said(row.category(), false) + "，区域="
            + areaName(row.area()) + "。",
        because.en() + " gives it to " + name + " on the basis of " + row.basis() + ", since " + row.since()
            + (row.direct() ? ", direct" : "") + "; because category = " + said(row.category(), true) + ", area = "
            + areaName(row.area()) + ".");
    return new Proposal(unit.get().code(), name, row.rowNo(), row.version(), row.direct(), row.basis(), row.since(),
        why);
  }

  private Optional<Unit> unitOf(DutyRow row, Area area) {
    return switch (row.unit()) {
      case DutyRow.TOWNSHIP -> organisation.climb(area.code(), UnitKind.TOWNSHIP);
      case DutyRow.ENFORCEMENT_TEAM -> organisation.climb(area.code(), UnitKind.ENFORCEMENT_TEAM);
      default -> organisation.unit(row.unit());
    };
  }

  private static Words because(DutyRow row, Category category, Area area) {
    return Words.of(
        "权责清单（第" + row.version() + "版）第" + row.rowNo() + "行：事项“" + category.name() + "”（" + area.name() + "）",
        "Row " + row.rowNo() + " of the duty list (version " + row.version() + "): “" + category.nameEn() + "” ("
            + area.name() + ")");
  }

  private static Proposal undecided(Integer version, DutyRow row, String zh, String en) {
    return new Proposal(null, null, row == null ? null : row.rowNo(), version, false, row == null ? null : row.basis(),
        row == null ? null : row.since(), Words.of(zh, en));
  }

  private String said(String categoryCode, boolean english) {
    return categories.category(categoryCode)
        .map(c -> (english ? "“" + c.nameEn() + "”" : "“" + c.name() + "”") + categoryCode).orElse(categoryCode);
  }

  private String areaName(String code) {
    return organisation.area(code).map(Area::name).orElse(code);
  }
}
