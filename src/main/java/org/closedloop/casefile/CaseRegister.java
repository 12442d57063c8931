package org.closedloop.casefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.casefile.search.CaseSearch;
import org.closedloop.casefile.search.SearchWords;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.closedloop.problem.Words;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 案卷登记: opens, finds and updates case files. Everything that changes a case locks its row first, so that whoever comes
 * second waits and then sees the truth.
 */
@Service
public class CaseRegister {

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String BASE32 = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int TRACKING_LENGTH = 10;
  private static final long NUMBERS_A_DAY = 1_000_000;
  /** How many of the newest cases are tried for common words before all are. */
  private static final int NEWEST = 20_000;

  private final CaseMapper cases;
  private final HeldCases held;
  private final ReporterMapper reporters;
  private final CaseUnitMapper units;
  private final CaseLinkMapper links;
  private final CaseSearch search;
  private final Journal journal;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;
  private final String shard;
  private final SecureRandom random = new SecureRandom();

  /** @param shard two letters or digits that say which database a number belongs to, from the first day on */
  CaseRegister(CaseMapper cases, HeldCases held, ReporterMapper reporters, CaseUnitMapper units, CaseLinkMapper links,
      CaseSearch search, Journal journal, Organisation organisation, Me me, Clock clock,
      @Value("${closedloop.shard:01}") String shard) {
    this.cases = cases;
    this.held = held;
    this.reporters = reporters;
    this.units = units;
    this.links = links;
    this.search = search;
    this.journal = journal;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
    this.shard = shard;
  }

  /**
   * Opens a case file and files its report. The process is started by the caller, in the same transaction.
   *
   * @param by      the official who reports, null for the public page
   * @param answers further answers of the report form
   */
  @Transactional
  public CaseFile open(NewCase report, Official by, Map<String, Object> answers) {
    Instant now = clock.instant();
    String number = number();
    String path = organisation.area(report.area()).orElseThrow().path();
    cases.add(number, report, path, trackingCode(), now);
    reporters.add(number, report.reporter());
    if (by != null) {
      units.add(number, by.unit().code(), "reporting", now);
    }
    CaseFile file = cases.find(number);
    journal.file(file, "report", "report", Words.of("信息采集", "Report"), by, null, answers, null);
    return file;
  }

  /** {@code <shard><yyyyMMdd>-<six digits>}; the sequence runs on, a day has at most a million. */
  private String number() {
    return shard + LocalDate.now(clock).format(DAY) + "-" + "%06d".formatted(cases.nextNumber() % NUMBERS_A_DAY);
  }

  /** Ten characters of base 32: 50 random bits, not to be guessed through a limited public page. */
  private String trackingCode() {
    StringBuilder code = new StringBuilder(TRACKING_LENGTH);
    for (int i = 0; i < TRACKING_LENGTH; i++) {
      code.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return code.toString();
  }

  /** @throws CaseNotFound when there is none, or the caller may not see it */
  public CaseFile mustSee(String number) {
    CaseFile file = number == null || number.indexOf('\0') >= 0 ? null : cases.findFor(number, me.sight());
    if (file == null) {
      throw new CaseNotFound();
    }
    return file;
  }

  /** Like {@link #mustSee} and keeps others from changing the case until the transaction ends. */
  @Transactional
  public CaseFile mustSeeLocked(String number) {
    mustSee(number);
    return lock(number);
  }

  /** For reporters: who holds the tracking code may follow the case. @throws CaseNotFound when either is wrong */
  public CaseFile tracked(String number, String code) {
    CaseFile file = number == null || number.indexOf('\0') >= 0 ? null : cases.find(number);
    if (file == null || code == null || !java.security.MessageDigest.isEqual(
        file.trackingCode().getBytes(java.nio.charset.StandardCharsets.UTF_8),
        code.strip().toUpperCase().getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
      throw new CaseNotFound();
    }
    return file;
  }

  /** Without regard to who asks: for the engine and for features that have checked already. */
  public CaseFile file(String number) {
    CaseFile file = held.find(number);
    if (file == null) {
      throw new CaseNotFound();
    }
    return file;
  }

  @Transactional
  public CaseFile lock(String number) {
    CaseFile file = held.lock(number);
    if (file == null) {
      throw new CaseNotFound();
    }
    return file;
  }

  Page<CaseFile> list(CaseFilter filter, Cursor after, int limit) {
    return Page.cut(read(filter, me.sight(), after, limit + 1), limit,
        c -> new Cursor(filter.byDue() ? c.dueAt() : c.openedAt(), c.number()));
  }

  /** What that sight shows of the list; words are searched the quickest way they allow, see {@link CaseSearchStep}. */
  List<CaseFile> read(CaseFilter filter, Sight sight, Cursor after, int rows) {
    String areaPath = areaPath(filter);
    Instant now = clock.instant();
    Function<CaseSearchStep, List<CaseFile>> read =
        step -> cases.list(sight, filter, areaPath, step, filter.byDue(), after, now, rows);
    CaseSearchStep step = step(filter, sight);
    if (step.words() == null) {
      return read.apply(step);
    }
    List<CaseFile> newest = read.apply(CaseSearchStep.tried(step.words(), sight.reporters(), NEWEST));
    return newest.size() >= rows ? newest : read.apply(step);
  }

  private String areaPath(CaseFilter filter) {
    return filter.area() == null ? null
        : organisation.area(filter.area()).map(a -> a.path()).orElse("no such area");
  }

  /** How the words of a filter are searched in the whole list. */
  private CaseSearchStep step(CaseFilter filter, Sight sight) {
    SearchWords words = filter.words();
    if (words == null) {
      return CaseSearchStep.NONE;
    }
    Optional<List<String>> numbers = search.numbers(words);
    Optional<List<String>> byReporter = sight.reporters() ? search.numbersByReporter(words) : Optional.of(List.of());
    return numbers.isPresent() && byReporter.isPresent() ? CaseSearchStep.named(numbers.get(), byReporter.get())
        : CaseSearchStep.tried(words.text(), sight.reporters(), 0);
  }

  /** Hands over one case of the list after the other, without holding them; the caller has a transaction open. */
  void each(CaseFilter filter, Sight sight, Instant now, Consumer<CaseRow> row) {
    try (var found = cases.each(sight, filter, areaPath(filter), step(filter, sight), filter.byDue(), now)) {
      found.forEach(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of the list show which light, by the light's code; counted over no more than {@code most} cases. */
  Map<String, Integer> countByLight(CaseFilter filter, Sight sight, int most) {
    return cases.countByLight(sight, filter, areaPath(filter), step(filter, sight), filter.byDue(), clock.instant(), most)
        .stream().collect(Collectors.toMap(CaseMapper.LightCount::light, CaseMapper.LightCount::cases));
  }

  /** Who reported, for readers whose post needs it; null for everybody else. */
  Reporter reporter(CaseFile file) {
    return me.sight().reportersOf(file.leadUnit()) ? reporters.of(file.number()) : null;
  }

  List<CaseUnitMapper.Concerned> units(String number) {
    return units.of(number);
  }

  /** Everybody who follows this case: reports merged into it, directly or through another one. */
  public List<CaseFile> followers(String number) {
    return cases.followers(number);
  }

  /** The case that is worked on for this one: where the merges lead to, the case itself when it was not merged. */
  public CaseFile main(CaseFile file) {
    CaseFile main = file;
    while (main.mergedInto() != null) {
      main = file(main.mergedInto());
    }
    return main;
  }

  public List<CaseFile> mergedInto(String number) {
    return cases.mergedInto(number);
  }

  /** Ties a case to the one it was opened from, e.g. a whistle to the case whose handling waits for it. */
  @Transactional
  public void link(String number, CaseFile linked) {
    links.add(number, linked.number(), linked.process(), clock.instant());
  }

  /** Cases opened from this one, oldest first. */
  List<CaseLinkMapper.CaseLink> linked(String number) {
    return links.of(number);
  }

  /** The case this one was opened from. */
  public Optional<String> openedFrom(String number) {
    return Optional.ofNullable(links.openedFrom(number));
  }

  /** The stage task was entered. */
  @Transactional
  public void stage(String number, String stage) {
    held.changing(number).stage(number, stage);
  }

  /** The process reached its end; {@code stage} says which. */
  @Transactional
  public void end(String number, String stage) {
    held.changing(number).end(number, stage, clock.instant());
  }

  /** The case runs again: a new round when the reporter is not content, the same after a merge was undone. */
  @Transactional
  public CaseFile reopen(CaseFile file, boolean newRound) {
    held.changing(file.number()).reopen(file.number(), newRound ? file.round() + 1 : file.round());
    return held.lock(file.number());
  }

  /**
   * Takes over the routing facts the process runs on. Null members keep what is there. Answers the file as it is now.
   */
  @Transactional
  public CaseFile facts(CaseFile file, String category, String area, String urgency, String leadUnit) {
    String newCategory = Objects.requireNonNullElse(category, Objects.toString(file.category(), ""));
    String newArea = Objects.requireNonNullElse(area, file.area());
    String newUrgency = Objects.requireNonNullElse(urgency, file.urgency());
    String newLead = leadUnit == null || leadUnit.isEmpty() ? file.leadUnit() : leadUnit;
    boolean same = newCategory.equals(Objects.toString(file.category(), "")) && newArea.equals(file.area())
        && newUrgency.equals(file.urgency()) && Objects.equals(newLead, file.leadUnit());
    if (same) {
      return file;
    }
    String path = organisation.area(newArea).map(a -> a.path()).orElse(file.areaPath());
    held.changing(file.number())
        .facts(file.number(), newCategory.isEmpty() ? null : newCategory, newArea, path, newUrgency, newLead);
    if (newLead != null && !newLead.equals(file.leadUnit())) {
      units.add(file.number(), newLead, "lead", clock.instant());
    }
    return held.lock(file.number());
  }

  /** @param role reporting, lead, co-handling, handling, asked or copied */
  @Transactional
  public void concerns(String number, String unit, String role) {
    units.add(number, unit, role, clock.instant());
  }

  @Transactional
  public void clocks(String number, Instant warnAt, Instant dueAt, Instant pausedSince) {
    held.changing(number).clocks(number, warnAt, dueAt, pausedSince);
  }

  @Transactional
  public void merge(String number, String into) {
    held.changing(number).merge(number, into);
  }

  /** The unit's own result, kept apart from the reporter's. */
  @Transactional
  public void outcome(String number, String result) {
    held.changing(number).outcome(number, result);
  }

  @Transactional
  public void rate(CaseFile file, Boolean solved, Integer satisfaction, String comment) {
    held.changing(file.number()).rate(file.number(), solved, satisfaction, comment, clock.instant());
  }
}
