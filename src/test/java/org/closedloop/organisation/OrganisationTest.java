package org.closedloop.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.closedloop.LiveApp;
import org.closedloop.problem.NotFound;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who there is in the demo county and what each may see. */
@LiveApp
class OrganisationTest {

  @Autowired private Organisation organisation;

  @Test
  void theDemoCountyHasEverythingTheLoopNeeds() {
    assertThat(organisation.unitsOf(UnitKind.COMMAND_CENTRE)).hasSize(1);
    assertThat(organisation.unitsOf(UnitKind.DEPARTMENT)).hasSizeGreaterThanOrEqualTo(14);
    assertThat(organisation.unitsOf(UnitKind.TOWNSHIP)).hasSize(10);
    // other tests add units of their own, under other codes
    assertThat(organisation.unitsOf(UnitKind.ENFORCEMENT_TEAM)).filteredOn(u -> u.code().startsWith("140929"))
        .hasSize(10);
    assertThat(organisation.unitsOf(UnitKind.VILLAGE)).hasSizeGreaterThan(30);
    assertThat(organisation.unitsOf(UnitKind.GRID)).hasSizeGreaterThan(30);
    for (var post : Post.values()) {
      assertThat(organisation.officials()).anyMatch(o -> o.holds(post));
    }
    assertThat(organisation.units()).filteredOn(u -> u.code().startsWith("140929"))
        .filteredOn(u -> u.kind() != UnitKind.COMMAND_CENTRE)
        .allMatch(u -> !organisation.holders(u, Post.HANDLER).isEmpty());
  }

  @Test
  void anAreaBelongsToTheTownshipAndTheCommandCentreAboveIt() {
    assertThat(organisation.townshipFor("14092910000101").code()).isEqualTo("140929100");
    assertThat(organisation.commandCentreFor("14092910000101").code()).isEqualTo("140929-cc");
    assertThat(organisation.area("14092910000101").orElseThrow().path())
        .isEqualTo("140929/140929100/140929100001/14092910000101/");
    assertThatThrownBy(() -> organisation.townshipFor("140929")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> organisation.commandCentreFor("nowhere")).isInstanceOf(NotFound.class);
  }

  @Test
  void theLeaderOfAUnitWithoutOneIsTheNearestAbove() {
    var village = organisation.unit("140929100200").orElseThrow();
    assertThat(organisation.leaders(village)).extracting(Official::username).containsExactly("140929100.leader");
    assertThat(organisation.leaders(organisation.unit("140929-cc").orElseThrow())).extracting(Official::username)
        .containsExactly("countyleader", "dutyleader");
  }

  @Test
  void everybodySeesWhatTheirPostsNeedAndNoMore() {
    assertThat(sight("dispatcher1")).matches(Sight::county).matches(Sight::reporters);
    assertThat(sight("verifier1")).matches(Sight::county).matches(Sight::reporters);
    assertThat(sight("dutyleader")).matches(Sight::county).matches(Sight::reporters);
    assertThat(sight("countyleader")).matches(Sight::county).matches(s -> !s.reporters());
    assertThat(sight("supervisor")).matches(Sight::county).matches(s -> !s.reporters());
    for (var nobody : List.of("designer", "admin")) {
      assertThat(sight(nobody)).isEqualTo(new Sight(false, null, List.of(), false));
    }
    assertThat(sight("ga.handler")).isEqualTo(new Sight(false, null, List.of("140929-ga"), true));
    assertThat(sight("ga.leader")).isEqualTo(new Sight(false, null, List.of("140929-ga"), false));
    assertThat(sight("140929100-zf.handler"))
        .isEqualTo(new Sight(false, "140929/140929100/", List.of("140929100-zf"), true));
    assertThat(sight("140929100200.handler").areaPath()).isEqualTo("140929/140929100/140929100200/");
    assertThat(sight("140929100.handler").units()).contains("140929100", "140929100-zf", "14092910000101")
        .noneMatch(u -> u.startsWith("140929101"));
  }

  @Test
  void aSupervisorOfADepartmentSeesTheDepartmentOnly() {
    var department = organisation.unit("140929-ga").orElseThrow();
    var sight = organisation.sightOf(new Official("x", "x", department, java.util.Set.of(Post.SUPERVISOR)));
    assertThat(sight).isEqualTo(new Sight(false, null, List.of("140929-ga"), false));
  }

  @Test
  void theNamesOfDemoPeopleAreDistinct() {
    assertThat(organisation.officials()).filteredOn(o -> !o.name().startsWith("测试")).extracting(Official::name)
        .doesNotHaveDuplicates();
  }

  private Sight sight(String username) {
    return organisation.sightOf(organisation.official(username).orElseThrow());
  }
}
