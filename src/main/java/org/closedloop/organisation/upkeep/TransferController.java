package org.closedloop.organisation.upkeep;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Changed;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.Roster.Outcome;
import org.closedloop.organisation.Unit;
import org.closedloop.problem.InvalidInput;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Areas, units and officials as CSV files or Excel workbooks, in and out, for administrators. An import is done whole or not at all;
 * {@code dryRun=true} answers what it would do and writes nothing. Passwords are never in a file.
 */
@RestController
class TransferController {

  /** So many changed rows are told one by one. */
  private static final int TOLD = 500;

  /**
   * What the import did, or with {@code dryRun} would do.
   *
   * @param changes the first {@value #TOLD} rows that are new or differ
   */
  record Imported(String kind, int created, int changed, int unchanged, boolean dryRun, List<Changed> changes) {}

  private final Organisation organisation;
  private final Roster roster;
  private final Audit audit;
  private final Me me;

  TransferController(Organisation organisation, Roster roster, Audit audit, Me me) {
    this.audit = audit;
    this.organisation = organisation;
    this.roster = roster;
    this.me = me;
  }

  @PostMapping(path = "/api/organisation/import", consumes = "text/csv")
  Imported importBody(@RequestParam String kind, @RequestParam(defaultValue = "false") boolean dryRun,
      InputStream body) {
    return importFile(kind, body, dryRun);
  }

  @PostMapping(path = "/api/organisation/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Imported importUpload(@RequestParam String kind, @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestParam MultipartFile file) throws IOException {
    try (var in = file.getInputStream()) {
      return importFile(kind, in, dryRun);
    }
  }

  private Imported importFile(String kind, InputStream file, boolean dryRun) {
    OrganisationController.requireAdministrator(me);
    var table = switch (kind) {
      case "areas" -> CsvTable.read(file, "file", OrganisationFile.AREA_COLUMNS, List.of());
      case "units" -> CsvTable.read(file, "file", OrganisationFile.UNIT_COLUMNS, List.of());
      case "officials" -> CsvTable.read(file, "file", OrganisationFile.OFFICIAL_COLUMNS,
          OrganisationFile.OFFICIAL_OPTIONAL);
      default -> throw unknownKind();
    };
    var done = switch (kind) {
      case "areas" -> keep(table, dryRun, roster::keepAreas, OrganisationFile.areas(table));
      case "units" -> keep(table, dryRun, roster::keepUnits, OrganisationFile.units(table));
      default -> keep(table, dryRun, roster::keepOfficials, OrganisationFile.officials(table));
    };
    return new Imported(kind, done.created(), done.changed(), done.unchanged(), dryRun,
        done.changes().stream().limit(TOLD).toList());
  }

  private interface Keep<T> {
    Outcome rows(List<T> rows, boolean dryRun);
  }

  private static <T> Outcome keep(CsvTable table, boolean dryRun, Keep<T> keep, List<T> rows) {
    // a file whose cells are unreadable is only checked, so that all findings come in one answer
    var outcome = keep.rows(rows, dryRun || !table.errors().isEmpty());
    outcome.findings().forEach(f -> table.rows().get(f.row()).wrong(f.field(), f.message().zh(), f.message().en()));
    table.errors().throwIfAny();
    return outcome;
  }

  @GetMapping("/api/organisation/export")
  void export(@RequestParam String kind, @RequestParam(defaultValue = "csv") String format,
      HttpServletResponse response) throws IOException {
    OrganisationController.requireAdministrator(me);
    var columns = switch (kind) {
      case "areas" -> OrganisationFile.AREA_COLUMNS;
      case "units" -> OrganisationFile.UNIT_COLUMNS;
      case "officials" -> Stream.concat(OrganisationFile.OFFICIAL_COLUMNS.stream(),
          OrganisationFile.OFFICIAL_OPTIONAL.stream()).toList();
      default -> throw unknownKind();
    };
    var file = TableFormat.of(format);
    response.setContentType(file.type());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + kind + "." + file.ending() + "\"");
    audit.note("export", kind, null, "exported", List.of());
    try (var table = file.open(response.getOutputStream(), columns)) {
      switch (kind) {
        case "areas" -> OrganisationFile.writeAreas(table, areasFromTheTop());
        case "units" -> OrganisationFile.writeUnits(table, unitsFromTheTop());
        default -> OrganisationFile.writeOfficials(table, people());
      }
    }
  }

  private List<Area> areasFromTheTop() {
    return organisation.areas().stream().sorted(Comparator.comparing(Area::path)).toList();
  }

  /** An import wants a parent before its children. */
  private List<Unit> unitsFromTheTop() {
    return organisation.units().stream().filter(u -> u.parent() == null)
        .flatMap(top -> Stream.concat(Stream.of(top), organisation.below(top).stream())).toList();
  }

  private List<Person> people() {
    return organisation.officials().stream().flatMap(o -> organisation.person(o.username()).stream()).toList();
  }

  private static InvalidInput unknownKind() {
    return InvalidInput.at("kind", "kind 应为 areas、units 或 officials。", "The kind is areas, units or officials.");
  }
}
