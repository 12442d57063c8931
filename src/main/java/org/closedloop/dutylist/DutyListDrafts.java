package org.closedloop.dutylist;

import java.time.Clock;
import java.util.List;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.audit.Changed;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Drafts of the duty list, row by row: begun from a version, changed, compared, thrown away. What was in force never changes. */
@Service
class DutyListDrafts {

  private static final int LONGEST_TEXT = 500;
  private static final int MOST_ROWS = 20_000;

  private final DutyListVersionMapper versions;
  private final DutyRowMapper rows;
  private final DutyListUpkeep upkeep;
  private final DutyDifferences differences;
  private final Audit audit;
  private final Clock clock;

  DutyListDrafts(DutyListVersionMapper versions, DutyRowMapper rows, DutyListUpkeep upkeep, DutyDifferences differences,
      Audit audit, Clock clock) {
    this.versions = versions;
    this.rows = rows;
    this.upkeep = upkeep;
    this.differences = differences;
    this.audit = audit;
    this.clock = clock;
  }

  /** A draft with the rows of a version; the one in force where none is named, without rows where there is none. */
  @Transactional
  public DutyListVersion begin(Integer from, String note, String by) {
    versions.lock();
    Integer source = from == null ? versions.current().orElse(null) : Integer.valueOf(upkeep.version(from).id());
    int version = versions.nextId();
    versions.addDraft(version, DutyListUpkeep.note(note), by, clock.instant());
    if (source != null) {
      rows.copy(source, version);
    }
    audit.note("duty-list", String.valueOf(version), null, "added", List.of());
    return upkeep.version(version);
  }

  /** @param number null adds a row at the end */
  @Transactional
  public DutyRow put(int version, Integer number, DutyDifferences.Duty duty) {
    versions.lock();
    mustBeDraft(version);
    check(duty);
    DutyRow before = number == null ? null : row(version, number);
    int at = number != null ? number : rows.last(version) + 1;
    if (at > MOST_ROWS) {
      throw new Conflict("too-many-rows", "权责清单最多 " + MOST_ROWS + " 行。", "A duty list has " + MOST_ROWS + " rows at most.");
    }
    String note = duty.note() == null || duty.note().isBlank() ? null : duty.note().strip();
    DutyRow after = new DutyRow(version, at, duty.category(), duty.area(), duty.unit(), duty.basis().strip(), duty.since(),
        duty.direct(), note);
    rows.put(after);
    note(version, before, after);
    return after;
  }

  @Transactional
  public void remove(int version, int number) {
    versions.lock();
    mustBeDraft(version);
    DutyRow before = row(version, number);
    rows.remove(version, number);
    audit.note("duty-list", version + "/" + number, differences.name(before), "removed", List.of());
  }

  @Transactional
  public void discard(int version) {
    versions.lock();
    mustBeDraft(version);
    rows.removeAll(version);
    versions.remove(version);
    audit.note("duty-list", String.valueOf(version), null, "removed", List.of());
  }

  /** What another version says otherwise. */
  List<Changed> compare(int from, int to) {
    return differences.between(rows.all(upkeep.version(from).id()), rows.all(upkeep.version(to).id()));
  }

  private void note(int version, DutyRow before, DutyRow after) {
    List<Change> changes = differences.between(before, after);
    if (!changes.isEmpty()) {
      audit.note("duty-list", version + "/" + after.rowNo(), differences.name(after), before == null ? "added" : "changed", changes);
    }
  }

  private void check(DutyDifferences.Duty duty) {
    upkeep.mustExist(duty.category(), duty.area(), duty.unit());
    if (duty.basis() == null || duty.basis().isBlank() || duty.basis().codePointCount(0, duty.basis().length()) > LONGEST_TEXT
        || unreadable(duty.basis())) {
      throw InvalidInput.at("basis", "请写明依据，最多 500 个字。", "Name the basis, in at most 500 characters.");
    }
    if (duty.since() == null || duty.since().getYear() < 1949 || duty.since().getYear() > 2100) {
      throw InvalidInput.at("since", "请填写从哪一天起负责。", "Say since which day the unit answers for it.");
    }
    if (duty.note() != null && (duty.note().codePointCount(0, duty.note().length()) > LONGEST_TEXT || unreadable(duty.note()))) {
      throw InvalidInput.at("note", "说明最多 500 个字。", "A note has at most 500 characters.");
    }
  }

  private static boolean unreadable(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n');
  }

  private DutyRow row(int version, int number) {
    return rows.find(version, number).orElseThrow(() -> new NotFound("没有这一行。", "There is no such row."));
  }

  private void mustBeDraft(int version) {
    if (!upkeep.version(version).status().equals("draft")) {
      throw new Conflict("already-published", "第" + version + "版已经发布，不能修改；请以它为底稿新建草稿。",
          "Version " + version + " is published and stays as it is; begin a draft from it.");
    }
  }
}
