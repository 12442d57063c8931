package org.closedloop.dutylist;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.closedloop.casefile.CaseNotFound;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.once.Once;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.page.Limit;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/duty-list/proposals}: what consultations want the duty list to say, for those who keep it. */
@RestController
@RequestMapping("/api/duty-list/proposals")
class DutyProposalController {

  private static final Set<String> STATUS = Set.of("open", "accepted", "refused");

  /** A proposal with the names people know; {@code caseNumber} only for those who may see the case. */
  record Shown(long id, String status, String category, String categoryName, String area, String areaName, String unit,
      String unitName, String basis, String caseNumber, String proposedBy, Instant proposedAt,
      String decidedBy, Instant decidedAt, String note, Integer version) {}

  record Proposals(List<Shown> items, String next) {}

  record Remark(String note) {}

  private final DutyProposals proposals;
  private final DutyListKeepers keepers;
  private final CaseRegister register;
  private final Categories categories;
  private final Organisation organisation;
  private final Once once;

  DutyProposalController(DutyProposals proposals, DutyListKeepers keepers, CaseRegister register, Categories categories,
      Organisation organisation, Once once) {
    this.proposals = proposals;
    this.keepers = keepers;
    this.register = register;
    this.categories = categories;
    this.organisation = organisation;
    this.once = once;
  }

  /** The newest first; {@code status} is open, accepted or refused, all without it. */
  @GetMapping
  Proposals proposals(@RequestParam(required = false) String status, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    keepers.mustBe();
    if (status != null && !STATUS.contains(status)) {
      throw InvalidInput.at("status", "只能是 open、accepted 或 refused。", "One of open, accepted or refused.");
    }
    if (after != null && !after.isEmpty() && !after.matches("[0-9]{1,18}")) {
      throw InvalidInput.at("after", "翻页标记无效，请从第一页重新开始。", "Not a cursor; start again from the first page.");
    }
    int most = Limit.of(limit);
    long before = after == null || after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
    List<DutyProposal> found = proposals.page(status, before, most + 1);
    List<DutyProposal> page = found.subList(0, Math.min(most, found.size()));
    return new Proposals(page.stream().map(this::shown).toList(),
        found.size() > most ? String.valueOf(page.get(most - 1).id()) : null);
  }

  /** A new version of the list with this row, in force at once. */
  @PostMapping("/{id}/accept")
  ResponseEntity<?> accept(@PathVariable String id, @RequestBody(required = false) Remark body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return decided(key, body, request, by -> proposals.accept(id(id), body == null ? null : body.note(), by.username()));
  }

  @PostMapping("/{id}/refuse")
  ResponseEntity<?> refuse(@PathVariable String id, @RequestBody(required = false) Remark body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return decided(key, body, request, by -> proposals.refuse(id(id), body == null ? null : body.note(), by.username()));
  }

  private ResponseEntity<?> decided(String key, Remark body, HttpServletRequest request,
      Function<Official, DutyProposal> decide) {
    Official by = keepers.mustBe();
    return once.ok(key, by.username(), request, body, () -> shown(decide.apply(by)));
  }

  private static long id(String id) {
    if (!id.matches("[0-9]{1,18}")) {
      throw new NotFound("没有这条建议。", "There is no such proposal.");
    }
    return Long.parseLong(id);
  }

  private Shown shown(DutyProposal p) {
    return new Shown(p.id(), p.status(), p.category(), categories.category(p.category()).map(Category::name).orElse(null),
        p.area(), organisation.area(p.area()).map(Area::name).orElse(null), p.unit(),
        organisation.unit(p.unit()).map(Unit::name).orElse(null), p.basis(), visible(p.caseNumber()), p.proposedBy(),
        p.proposedAt(), p.decidedBy(), p.decidedAt(), p.note(), p.version());
  }

  /** Administrators keep the list and see no cases. */
  private String visible(String number) {
    try {
      return register.mustSee(number).number();
    } catch (CaseNotFound hidden) {
      return null;
    }
  }
}
