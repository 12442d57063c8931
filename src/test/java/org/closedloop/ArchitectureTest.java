package org.closedloop;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.ibatis.annotations.Mapper;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/**
 * The architecture document: who may know whom. From the bottom up: problem, page and csv; organisation; casefile; deadline
 * and dutylist; notice; alert and worklist; intake and board. The engine stands beside them and implements their ports;
 * web, demo and database are leaves.
 */
@AnalyzeClasses(packages = "org.closedloop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyTheEnginePackageKnowsTheEngine = noClasses().that(not(resideInAPackage("..engine..")))
      .should().dependOnClassesThat().resideInAnyPackage("org.camunda..")
      .because("the engine is end-of-life: leaving it must cost one package");

  @ArchTest
  static final ArchRule nobodyUsesTheEnginePackage = noClasses().that(not(resideInAPackage("..engine..")))
      .should().dependOnClassesThat().resideInAPackage("org.closedloop.engine..")
      .because("features declare ports, the engine implements them");

  @ArchTest
  static final ArchRule oldDatesStayInTheEngine = noClasses().that(not(resideInAPackage("..engine..")))
      .should().dependOnClassesThat().haveFullyQualifiedName("java.util.Date");

  @ArchTest
  static final ArchRule problemKnowsNobody = below("problem", "problem");

  @ArchTest
  static final ArchRule nodeKnowsNobody = below("node", "node");

  @ArchTest
  static final ArchRule pageKnowsOnlyProblem = below("page", "page", "problem");

  @ArchTest
  static final ArchRule csvKnowsOnlyProblem = below("csv", "csv", "problem");

  @ArchTest
  static final ArchRule onceKnowsOnlyProblem = below("once", "once", "problem");

  @ArchTest
  static final ArchRule auditKnowsOnlyPage = below("audit", "audit", "page", "problem");

  @ArchTest
  static final ArchRule organisationStandsAtTheBottom =
      below("organisation", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule groundKnowsOnlyOrganisation = below("ground", "ground", "organisation", "problem", "audit");

  @ArchTest
  static final ArchRule casefileKnowsOnlyOrganisation =
      below("casefile", "casefile", "node", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule deadlineUsesTheCaseFile =
      below("deadline", "deadline", "casefile", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule dutyListUsesTheCaseFile =
      below("dutylist", "dutylist", "casefile", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule worklistUsesDeadlinesAndTheDutyList = below("worklist", "worklist", "deadline", "dutylist",
      "casefile", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule noticeUsesTheCalendar = below("notice", "notice", "node", "deadline", "casefile",
      "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule alertStandsOnDeadlinesAndNotices = below("alert", "alert", "notice", "node", "deadline",
      "casefile", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule whistleUsesNotices = below("whistle", "whistle", "notice", "worklist", "deadline", "dutylist",
      "casefile", "organisation", "problem", "page", "csv", "once", "audit");

  @ArchTest
  static final ArchRule webAndDemoAreLeaves = noClasses().that(not(resideInAnyPackage("..web..", "..demo..")))
      .should().dependOnClassesThat().resideInAnyPackage("org.closedloop.web..", "org.closedloop.demo..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("org.closedloop.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule mappersAreUsedOnlyAtHome = classes().that().areAnnotatedWith(Mapper.class)
      .should().bePackagePrivate();

  @ArchTest
  static final ArchRule controllersAreUsedOnlyAtHome = classes().that().areAnnotatedWith(RestController.class)
      .should().bePackagePrivate();

  @ArchTest
  static final ArchRule controllersOpenNoTransaction = methods().that()
      .areDeclaredInClassesThat().areAnnotatedWith(RestController.class).should().notBeAnnotatedWith(Transactional.class)
      .because("the feature service owns the one transaction");

  @ArchTest
  static final ArchRule timeComesFromTheClock = noClasses().that(not(resideInAnyPackage("..web.access..", "..once..",
          "..database..", "..demo..", "..engine.models..")).and(not(simpleName("EngineClock"))))
      .should().callMethod(java.time.Instant.class, "now")
      .orShould().callMethod(java.time.LocalDate.class, "now")
      .orShould().callMethod(java.time.OffsetDateTime.class, "now")
      .orShould().callMethod(System.class, "currentTimeMillis")
      .because("the demo clock moves business time; only security and infrastructure look at the machine's");

  private static ArchRule below(String name, String... allowed) {
    String[] packages = java.util.Arrays.stream(allowed).map(a -> "org.closedloop." + a + "..").toArray(String[]::new);
    return classes().that().resideInAPackage("org.closedloop." + name + "..").should().onlyDependOnClassesThat(
        resideInAnyPackage(packages).or(not(resideInAPackage("org.closedloop..")))).allowEmptyShould(true);
  }
}
