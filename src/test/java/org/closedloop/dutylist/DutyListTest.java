package org.closedloop.dutylist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.closedloop.LiveApp;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Problem.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Which row decides, what is said about it, and how versions come and go. Rows of the golden table live in a draft of
 * their own, so the list in force, which other tests rely on, stays as shipped.
 */
@LiveApp
class DutyListTest {

  private static final String LIST = """
      row,category,area,unit,basis,since,direct,note
      10,06,140929,140929-jt,《公路法》,2023-01-01,false,
      11,0601,140929,township,《公路法》,2023-01-01,false,
      12,0601,140929100,140929-cg,《城市道路管理条例》,2023-01-01,false,
      13,060101,140929,140929-jt,《公路法》,2023-01-01,true,
      14,060101,140929101,enforcement-team,《公路安全保护条例》,2024-07-01,true,
      15,060101,140929100001,140929-zj,《城市道路管理条例》,2023-01-01,false,
      20,060101,140929,140929-ga,《道路交通安全法》,2023-01-01,false,从不轮到
      21,0602,140929101,140929-jt,《公路法》,2023-01-01,false,
      """;
  private static int golden;

  @Autowired DutyList list;
  @Autowired DutyListUpkeep upkeep;
  @Autowired DutyListVersionMapper versions;
  @Autowired DutyRowMapper rows;
  @Autowired Categories categories;
  @Autowired Organisation organisation;

  @ParameterizedTest(name = "{0} in {1} goes to {2} by row {3}")
  @CsvSource({
      // the category decides before the area does
      "06, 140929, 140929-jt, 10",
      "0605, 140929100, 140929-jt, 10",
      "060501, 140929100001, 140929-jt, 10",
      "0601, 140929101, 140929101, 11",
      "0601, 140929100, 140929-cg, 12",
      "0601, 140929100001, 140929-cg, 12",
      "060102, 140929100001, 140929-cg, 12",
      "060102, 140929203, 140929203, 11",
      "060101, 140929, 140929-jt, 13",
      "060101, 140929100, 140929-jt, 13",
      "060101, 140929205, 140929-jt, 13",
      "060101, 140929101, 140929101-zf, 14",
      "060101, 140929100001, 140929-zj, 15",
      "060101, 14092910000101, 140929-zj, 15",
      "0602, 140929101, 140929-jt, 21",
      "060201, 140929101, 140929-jt, 21",
      "060201, 140929100, 140929-jt, 10",
  })
  void theMostSpecificRowDecides(String category, String area, String unit, int row) {
    Proposal said = list.propose(golden(), category, area);
    assertThat(said.unit()).isEqualTo(unit);
    assertThat(said.row()).isEqualTo(row);
    assertThat(said.unitName()).isEqualTo(organisation.unit(unit).orElseThrow().name());
    assertThat(said.direct()).isEqualTo(row == 13 || row == 14);
  }

  @Test
  void theReasonNamesVersionRowUnitBasisCategoryAndArea() {
    int version = golden();
    var why = list.propose(version, "060102", "140929203").why();
    assertThat(why.zh()).isEqualTo("权责清单（第" + version + "版）第11行：事项“村道破损”（水峪贯乡）由水峪贯乡人民政府负责，"
        + "依据《公路法》，自2023-01-01起；因为 类别=“农村公路”0601，区域=岢岚县。");
    assertThat(why.en()).isEqualTo("Row 11 of the duty list (version " + version + "): “Village road damaged” (水峪贯乡) "
        + "gives it to 水峪贯乡人民政府 on the basis of 《公路法》, since 2023-01-01; because category = “Rural roads”0601, "
        + "area = 岢岚县.");
    assertThat(list.propose(version, "060101", "140929").why().zh()).contains("直派");
  }

  @Test
  void whereNoRowMatchesTheReasonSaysWhatToDo() {
    Proposal said = list.propose(golden(), "1401", "140929101");
    assertThat(said.decided()).isFalse();
    assertThat(said.row()).isNull();
    assertThat(said.why().zh()).contains("没有关于事项").contains("由派遣员选择主办单位");
  }

  @Test
  void aTownshipRowNeedsAnAreaThatLiesInATownship() {
    Proposal said = list.propose(golden(), "0601", "140929");
    assertThat(said.decided()).isFalse();
    assertThat(said.row()).isEqualTo(11);
    assertThat(said.why().zh()).contains("第11行").contains("所在乡镇").contains("请把区域填到乡镇或村");
  }

  @Test
  void aMatterWithoutCategoryIsNotGuessed() {
    assertThat(list.propose(null, "140929101").why().zh()).contains("请先补充分类和区域");
    assertThat(list.propose("no such", "140929101").decided()).isFalse();
    assertThat(list.propose("0601", null).decided()).isFalse();
  }

  @Test
  void workOfADepartmentIsNotPushedDown() {
    // in force: 010301 渣土车沿途遗撒 is the city administration's
    assertThat(list.departmentOf("010301", "140929101")).hasValueSatisfying(
        u -> assertThat(u.code()).isEqualTo("140929-cg"));
    for (String below : List.of("140929101", "140929101-zf", "140929100001")) {
      assertThatThrownBy(() -> list.mayLead("010301", "140929101", below, "answers.unit"))
          .isInstanceOfSatisfying(InvalidInput.class, refused -> {
            assertThat(refused.errors().get(0).field()).isEqualTo("answers.unit");
            assertThat(refused.errors().get(0).message().zh()).contains("不得把部门的职责下派").contains("第12行");
          });
    }
    for (String may : List.of("140929-cg", "140929-zj", "140929-cc")) {
      assertThatCode(() -> list.mayLead("010301", "140929101", may, "unit")).doesNotThrowAnyException();
    }
  }

  @Test
  void workOfATownshipMayGoToTheTownshipItsVillageOrADepartment() {
    assertThat(list.departmentOf("060102", "140929101")).isEmpty();
    for (String may : List.of("140929101", "140929101-zf", "140929100001", "140929-jt")) {
      assertThatCode(() -> list.mayLead("060102", "140929101", may, "unit")).doesNotThrowAnyException();
    }
  }

  @Test
  void aGridOrAnUnknownUnitNeverLeads() {
    for (String wrong : new String[] {"14092910000101", "nobody", "", null}) {
      assertThatThrownBy(() -> list.mayLead("060102", "140929100", wrong, "unit")).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void everyShippedMatterInEveryTownshipIsSomebodysAndThatUnitHasHandlers() {
    Set<String> nobodys = new TreeSet<>();
    for (Category category : categories.all()) {
      if (category.retired()) {
        continue;
      }
      for (var township : organisation.unitsOf(UnitKind.TOWNSHIP)) {
        Proposal said = list.propose(category.code(), township.area());
        boolean handled = said.decided()
            && !organisation.holders(organisation.unit(said.unit()).orElseThrow(), Post.HANDLER).isEmpty();
        if (!handled) {
          nobodys.add(category.code() + "@" + township.area() + " → " + said.unit());
        }
      }
    }
    assertThat(nobodys).isEmpty();
    assertThat(rows.all(versions.current().orElseThrow())).hasSizeGreaterThanOrEqualTo(150);
  }

  @Test
  void anOldVersionStaysAsItWasAndCanStillExplain() {
    int before = versions.current().orElseThrow();
    Proposal then = list.propose("060101", "140929101");
    var outcome = upkeep.take(new ByteArrayInputStream(upkeep.exported(before)), "年度调整", true, false, "admin");
    assertThat(outcome.status()).isEqualTo("current");
    assertThat(outcome.added() + outcome.changed() + outcome.removed()).isZero();
    assertThat(versions.current()).contains(outcome.version());
    assertThat(list.propose(before, "060101", "140929101")).isEqualTo(then);
    var past = versions.byId(before).orElseThrow();
    assertThat(past.status()).isEqualTo("past");
    assertThat(past.validUntil()).isEqualTo(versions.byId(outcome.version()).orElseThrow().validFrom());
    assertThat(rows.all(outcome.version())).usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .isEqualTo(rows.all(before));
  }

  @Test
  void aDraftDecidesNothingUntilItIsPublishedOnce() {
    int current = versions.current().orElseThrow();
    var draft = upkeep.take(new ByteArrayInputStream(upkeep.exported(current)), null, false, false, "admin");
    assertThat(draft.status()).isEqualTo("draft");
    assertThat(versions.current()).contains(current);
    var published = upkeep.publish(draft.version(), "dutyleader");
    assertThat(published.publishedBy()).isEqualTo("dutyleader");
    assertThat(published.status()).isEqualTo("current");
    assertThatThrownBy(() -> upkeep.publish(draft.version(), "admin")).isInstanceOf(Conflict.class);
    assertThatThrownBy(() -> upkeep.publish(current, "admin")).isInstanceOf(Conflict.class);
    assertThatThrownBy(() -> upkeep.publish(999_999, "admin")).isInstanceOf(NotFound.class);
  }

  @Test
  void aDryRunCountsTheDifferencesAndWritesNothing() {
    int next = versions.nextId();
    String csv = new String(upkeep.exported(versions.current().orElseThrow()), StandardCharsets.UTF_8);
    List<String> lines = csv.lines().toList();
    String changed = String.join("\n", lines.subList(0, lines.size() - 1))
        + "\n99999,010101,名,140929100001,名,140929-cg,名,依据,2026-01-01,否,\n";
    var outcome = upkeep.take(file(changed), "", true, true, "admin");
    assertThat(outcome.version()).isNull();
    assertThat(List.of(outcome.added(), outcome.changed(), outcome.removed())).isEqualTo(List.of(1, 0, 1));
    assertThat(versions.nextId()).isEqualTo(next);
  }

  @Test
  void everyWrongRowIsNamedAndNoVersionIsMade() {
    int next = versions.nextId();
    String wrong = """
        row,category,area,unit,basis,since,direct
        1,0601,140929,140929-jt,《公路法》,2023-01-01,否
        1,0601,140929,140929-jt,《公路法》,2023-01-01,是
        x,0601,140929,140929-jt,《公路法》,2023-01-01,
        3,601,140929,140929-jt,《公路法》,2023-01-01,
        4,0601,999,140929-jt,《公路法》,2023-01-01,
        5,0601,140929,nobody,《公路法》,2023-01-01,
        6,0601,140929,14092910000101,《公路法》,2023-01-01,
        7,0601,140929,140929-jt,,2023-02-30,maybe
        """;
    assertThatThrownBy(() -> upkeep.take(file(wrong), "", true, false, "admin"))
        .isInstanceOfSatisfying(InvalidInput.class, bad -> assertThat(bad.errors()).extracting(FieldError::field)
            .containsExactly("rows[3].row", "rows[4].row", "rows[5].category", "rows[6].area", "rows[7].unit",
                "rows[8].unit", "rows[9].basis", "rows[9].since", "rows[9].direct"));
    assertThatThrownBy(() -> upkeep.take(file("category,area,unit,basis,since\n"), "", true, false, "admin"))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> upkeep.take(file(LIST), "x".repeat(501), true, false, "admin"))
        .isInstanceOf(InvalidInput.class);
    assertThat(versions.nextId()).isEqualTo(next);
  }

  @Test
  void aNoteThatLooksLikeAFormulaComesBackAsItWas() {
    var draft = upkeep.take(file("category,area,unit,basis,since,note\n0601,140929,140929-jt,=1+1,2026-01-01,@SUM(A1)\n"),
        null, false, false, "admin");
    String csv = new String(upkeep.exported(draft.version()), StandardCharsets.UTF_8);
    assertThat(csv).contains(",'=1+1,").contains(",'@SUM(A1)");
    var again = upkeep.take(file(csv), null, false, false, "admin");
    assertThat(rows.all(again.version()).get(0).basis()).isEqualTo("=1+1");
    assertThat(rows.all(again.version()).get(0).note()).isEqualTo("@SUM(A1)");
  }

  @Test
  void theListPagesInItsOrder() {
    int version = golden();
    assertThat(rows.page(version, 0, null, null, null, null, 3)).extracting(DutyRow::rowNo).containsExactly(10, 11, 12);
    assertThat(rows.page(version, 12, null, null, null, null, 3)).extracting(DutyRow::rowNo).containsExactly(13, 14, 15);
    assertThat(rows.page(version, 0, "0601", "140929-jt", null, null, 9)).extracting(DutyRow::rowNo).containsExactly(13);
    assertThat(rows.page(version, 0, "0%", null, null, null, 9)).isEmpty();
    assertThat(versions.page(Integer.MAX_VALUE, 2)).hasSize(2).isSortedAccordingTo((a, b) -> b.id() - a.id());
  }

  private int golden() {
    if (golden == 0) {
      golden = upkeep.take(file(LIST), "golden table", false, false, "admin").version();
    }
    return golden;
  }

  private static InputStream file(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
