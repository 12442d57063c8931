package org.closedloop.dutylist;

import java.time.LocalDate;
import java.util.List;
import org.closedloop.audit.Changed;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/duty-list/versions}: drafts row by row, and what two versions say differently; for those who keep the list. */
@RestController
@RequestMapping("/api/duty-list/versions")
class DutyDraftController {

  /** @param from the version to begin with; the one in force when left out */
  record Begun(Integer from, String note) {}

  record Wanted(String category, String area, String unit, String basis, LocalDate since, Boolean direct, String note) {

    DutyDifferences.Duty duty() {
      return new DutyDifferences.Duty(category, area, unit, basis, since, Boolean.TRUE.equals(direct), note);
    }
  }

  /** The number of a row that was kept. */
  record Kept(int row) {}

  record Compared(int from, int to, List<Changed> items) {}

  private final DutyListDrafts drafts;
  private final DutyListKeepers keepers;

  DutyDraftController(DutyListDrafts drafts, DutyListKeepers keepers) {
    this.drafts = drafts;
    this.keepers = keepers;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  DutyListVersion begin(@RequestBody Begun begun) {
    return drafts.begin(begun.from(), begun.note(), keepers.mustBe().username());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void discard(@PathVariable int id) {
    keepers.mustBe();
    drafts.discard(id);
  }

  @PostMapping("/{id}/rows")
  @ResponseStatus(HttpStatus.CREATED)
  Kept add(@PathVariable int id, @RequestBody Wanted wanted) {
    keepers.mustBe();
    return new Kept(drafts.put(id, null, wanted.duty()).rowNo());
  }

  @PutMapping("/{id}/rows/{row}")
  Kept put(@PathVariable int id, @PathVariable int row, @RequestBody Wanted wanted) {
    keepers.mustBe();
    return new Kept(drafts.put(id, row, wanted.duty()).rowNo());
  }

  @DeleteMapping("/{id}/rows/{row}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable int id, @PathVariable int row) {
    keepers.mustBe();
    drafts.remove(id, row);
  }

  @GetMapping("/{from}/compare/{to}")
  Compared compare(@PathVariable int from, @PathVariable int to) {
    keepers.mustBe();
    return new Compared(from, to, drafts.compare(from, to));
  }
}
