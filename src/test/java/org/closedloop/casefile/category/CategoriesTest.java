package org.closedloop.casefile.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.closedloop.LiveApp;
import org.closedloop.audit.Changed;
import org.closedloop.csv.TableFormat;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.problem.Words;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The shipped tree, and what administrators may do to it. */
@LiveApp
class CategoriesTest {

  @Autowired Categories categories;
  @Autowired CategoryUpkeep upkeep;

  @Test
  void theShippedTreeHasThreeLevelsAndEveryBranchReachesTheThird() {
    var byLevel = categories.all().stream().filter(c -> !c.retired())
        .collect(Collectors.groupingBy(Category::level, Collectors.counting()));
    assertThat(byLevel.get(1)).isBetween(15L, 20L);
    assertThat(byLevel.get(2)).isGreaterThanOrEqualTo(60);
    assertThat(byLevel.get(3)).isGreaterThanOrEqualTo(250);
    var parents = categories.all().stream().map(Category::parent).collect(Collectors.toSet());
    assertThat(categories.all()).filteredOn(c -> c.level() < 3 && !c.retired())
        .allSatisfy(c -> assertThat(parents).contains(c.code()));
  }

  @Test
  void aPathNamesEveryLevelFromTheTop() {
    assertThat(categories.path("060101")).extracting(Words::zh).containsExactly("交通运输", "农村公路", "县乡道路破损");
    assertThat(categories.path("060101")).extracting(Words::en)
        .containsExactly("Transport", "Rural roads", "County or township road damaged");
    assertThat(categories.path("nothing")).isEmpty();
    assertThat(categories.category(null)).isEmpty();
  }

  @Test
  void whatIsExportedCanBeImportedAgainAndChangesNothing() {
    var outcome = upkeep.keep(new ByteArrayInputStream(upkeep.exported(TableFormat.CSV)), false);
    assertThat(outcome).isEqualTo(new CategoryUpkeep.Outcome(0, 0, categories.all().size(), false, List.of()));
  }

  @Test
  void aRetiredCategoryKeepsItsNameAndIsNotOffered() {
    upkeep.keep(file("code,name,name_en,retired\n98,试验,Trial,true\n9801,试验二,Trial two,true\n"), false);
    assertThat(categories.category("98")).hasValueSatisfying(c -> assertThat(c.retired()).isTrue());
    assertThat(categories.usable("98")).isEmpty();
    assertThat(categories.path("9801")).extracting(Words::zh).containsExactly("试验", "试验二");
  }

  @Test
  void aDryRunChangesNothing() {
    var outcome = upkeep.keep(file("code,name,name_en\n97,新类,New\n01,改名,Renamed\n"), true);
    assertThat(outcome.created()).isEqualTo(1);
    assertThat(outcome.changes()).extracting(Changed::act).containsExactlyInAnyOrder("added", "changed");
    assertThat(categories.category("97")).isEmpty();
    assertThat(categories.category("01")).hasValueSatisfying(c -> assertThat(c.name()).isNotEqualTo("改名"));
  }

  @Test
  void everyWrongRowIsNamedAndNothingIsWritten() {
    String rows = """
        code,level,parent,name,name_en
        96,1,,好行,Good
        1,,,掉了零,Lost zero
        960101,3,9601,上级不在,No parent
        9602,3,,级别不符,Wrong level
        9603,2,95,上级不符,Wrong parent
        96,1,,重复,Twice
        9604,2,96,,No name
        9605,2,96,%s,Too long
        """.formatted("长".repeat(101));
    assertThatThrownBy(() -> upkeep.keep(file(rows), false)).isInstanceOfSatisfying(InvalidInput.class,
        bad -> assertThat(bad.errors()).extracting(FieldError::field).containsExactly("rows[3].code", "rows[4].code",
            "rows[5].level", "rows[6].parent", "rows[7].code", "rows[8].name", "rows[9].name"));
    assertThat(categories.category("96")).isEmpty();
  }

  private static InputStream file(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
