package org.closedloop.dutylist;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 权责清单建议: what a ruling was about is decided once and then stands in the list. A consultation proposes a row; whoever
 * keeps the list accepts it, which makes a new version in force, or refuses it with a reason.
 */
@Service
public class DutyProposals {

  private static final int LONGEST_TEXT = 500;

  private final DutyProposalMapper proposals;
  private final DutyListUpkeep upkeep;
  private final Organisation organisation;
  private final Audit audit;
  private final Clock clock;

  DutyProposals(DutyProposalMapper proposals, DutyListUpkeep upkeep, Organisation organisation, Audit audit,
      Clock clock) {
    this.audit = audit;
    this.proposals = proposals;
    this.upkeep = upkeep;
    this.organisation = organisation;
    this.clock = clock;
  }

  /**
   * Proposes that the list names that unit for matters of that category.
   *
   * @param area   where the case lies
   * @param county for the whole county; otherwise for the township of the case, or its area where it lies in none
   * @param by     username
   * @throws InvalidInput without a category, unit or basis
   */
  @Transactional
  public void propose(String caseNumber, String category, String area, boolean county, String unit, String basis,
      String by) {
    if (category == null) {
      throw InvalidInput.at("answers.dutyProposal", "案件没有事项分类，不能提请补充权责清单。",
          "Without a category there is nothing to add to the duty list.");
    }
    if (unit == null) {
      throw InvalidInput.at("answers.dutyProposal", "没有明确主办单位，不能提请补充权责清单。",
          "Without a unit that answers there is nothing to add to the duty list.");
    }
    if (basis == null || basis.codePointCount(0, basis.length()) > LONGEST_TEXT) {
      throw InvalidInput.at("answers.dutyBasis", "请写明依据，最多 500 个字。", "Name the basis, in at most 500 characters.");
    }
    proposals.add(category, county ? county(area) : township(area), unit, basis, caseNumber, by, clock.instant());
  }

  private String county(String area) {
    return organisation.area(organisation.commandCentreFor(area).area()).map(Area::code).orElse(area);
  }

  private String township(String area) {
    return organisation.climb(area, UnitKind.TOWNSHIP).map(Unit::area).orElse(area);
  }

  List<DutyProposal> page(String status, long before, int limit) {
    return proposals.page(status, before, limit);
  }

  /**
   * Puts a new version in force that says what was proposed; everything else stays as the list in force has it.
   *
   * @param note a remark, may be null
   * @throws Conflict     when it is decided already
   * @throws InvalidInput when category, area or unit do not exist any more
   */
  @Transactional
  DutyProposal accept(long id, String note, String by) {
    String remark = remark(note);
    DutyProposal proposal = open(id);
    int version = upkeep.takeIn(new DutyRow(0, 0, proposal.category(), proposal.area(), proposal.unit(),
        proposal.basis(), LocalDate.now(clock), false, "案卷 " + proposal.caseNumber() + " 会商裁定"),
        "采纳会商建议，案卷 " + proposal.caseNumber(), by);
    proposals.decide(id, "accepted", by, clock.instant(), remark, version);
    noteDecision(proposal, "accepted");
    return proposals.lock(id).orElseThrow();
  }

  /** @param note why, at least one word */
  @Transactional
  DutyProposal refuse(long id, String note, String by) {
    String why = remark(note);
    if (why == null) {
      throw InvalidInput.at("note", "请写明不采纳的理由。", "Say why it is refused.");
    }
    DutyProposal proposal = open(id);
    proposals.decide(id, "refused", by, clock.instant(), why, null);
    noteDecision(proposal, "refused");
    return proposals.lock(id).orElseThrow();
  }

  /** The book names no case: who reads it may see none. */
  private void noteDecision(DutyProposal p, String act) {
    audit.note("duty-list", p.category() + "@" + p.area(), null, act, List.of(Change.of("unit", null, p.unit())));
  }

  private DutyProposal open(long id) {
    DutyProposal found = proposals.lock(id).orElseThrow(() -> new NotFound("没有这条建议。", "There is no such proposal."));
    if (!found.status().equals("open")) {
      throw new Conflict("already-decided", "这条建议已由 " + found.decidedBy() + " 处理。",
          "This proposal was already decided by " + found.decidedBy() + ".");
    }
    return found;
  }

  private static String remark(String note) {
    String text = note == null ? "" : note.strip();
    if (text.codePointCount(0, text.length()) > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw InvalidInput.at("note", "说明最多 500 个字，且不含控制字符。",
          "The note has at most 500 characters and no control characters.");
    }
    return text.isEmpty() ? null : text;
  }
}
