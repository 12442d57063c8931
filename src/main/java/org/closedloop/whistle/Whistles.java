package org.closedloop.whistle;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.ClockListener;
import org.closedloop.deadline.Running;
import org.closedloop.dutylist.DutyList;
import org.closedloop.dutylist.Proposal;
import org.closedloop.notice.Outbox;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down what happens at the steps of a whistle, in the transaction of the step. The case row is locked by the
 * caller, as everywhere; answers are read from the entry just filed.
 */
@Service
public class Whistles implements ClockListener {

  /** As the forms have it for one list; what is added later counts as well. */
  static final int MOST_DEPARTMENTS = 30;

  private static final String EMERGENCY = "emergency";
  private static final String CHECK_IN = "check-in";

  private final WhistleMapper whistles;
  private final CallMapper calls;
  private final MarkMapper marks;
  private final Said said;
  private final Journal journal;
  private final CaseRegister register;
  private final DutyList dutyList;
  private final Organisation organisation;
  private final Outbox outbox;
  private final Clock clock;

  Whistles(WhistleMapper whistles, CallMapper calls, MarkMapper marks, Said said, Journal journal,
      CaseRegister register, DutyList dutyList, Organisation organisation, Outbox outbox, Clock clock) {
    this.whistles = whistles;
    this.calls = calls;
    this.marks = marks;
    this.said = said;
    this.journal = journal;
    this.register = register;
    this.dutyList = dutyList;
    this.organisation = organisation;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A whistle that was sounded.
   *
   * @param township code of the township that whistles, which leads the whistle
   * @param own      the duty list gives the matter to the township, or to its team, a village or a grid of it
   */
  public record Sounded(String township, boolean own) {}

  /**
   * 吹哨: notes what is asked for, where and when, and what the duty list says about the matter.
   *
   * @throws InvalidInput when the area lies in no township, or departments or spot are not as they must be
   */
  @Transactional
  public Sounded sound(CaseFile file) {
    Unit township = organisation.climb(file.area(), UnitKind.TOWNSHIP).orElseThrow(() -> InvalidInput.at("area",
        "吹哨的地点要在一个乡镇内，请选择乡镇、村或网格。",
        "A whistle is sounded in a township; choose a township, village or grid."));
    Said.Answer asked = said.last(file, "report", null);
    String lead = leading(asked, asked.list("called"));
    Spot spot = asked.spot() != null ? asked.spot() : Spot.of(file.lng(), file.lat());
    if ((asked.number("lng") == null) != (asked.number("lat") == null)) {
      throw InvalidInput.at(asked.number("lng") == null ? "answers.lng" : "answers.lat",
          "经度和纬度要一起填写，或都不填。", "Give longitude and latitude together, or neither.");
    }
    whistles.add(new WhistleMapper.Whistle(file.number(), asked.text("kind"), asked.text("matter"),
        moment(asked.text("when")), asked.text("where"), spot == null ? null : spot.lng(),
        spot == null ? null : spot.lat(), lead, 1, clock.instant(), null));
    Proposal proposal = dutyList.propose(file.category(), file.area());
    Map<String, Object> facts = new HashMap<>();
    facts.put("unit", proposal.unit());
    facts.put("why", proposal.why().zh());
    facts.put("whyEn", proposal.why().en());
    boolean own = township.code().equals(proposal.unit())
        || organisation.below(township).stream().anyMatch(u -> u.code().equals(proposal.unit()));
    facts.put("own", own);
    journal.fact(file, "duty-list", own
        ? Words.of("权责清单：属乡镇本级职责，不吹哨", "Duty list: the township's own matter; nobody is called")
        : Words.of("权责清单", "Duty list"), facts);
    return new Sounded(township.code(), own);
  }

  /**
   * Notes one step.
   *
   * @param department whose call or mark it is, null for steps of the whole whistle
   * @param dueAt      until when the department has to check in, null where there is no such time
   */
  @Transactional
  public void record(Step step, CaseFile file, String department, Instant dueAt) {
    String number = file.number();
    Instant now = clock.instant();
    switch (step) {
      case CONFIRMED -> confirmed(file, now);
      case MORE -> more(file, said.last(file, "call-more", null).list("added"));
      case AGAIN -> whistles.again(number);
      case WITHDRAWN -> {
        List<String> open = calls.of(number).stream().filter(CallMapper.Call::open).map(CallMapper.Call::department)
            .toList();
        calls.releasedAll(number, said.last(file, "withdraw", null).by(), now);
        open.forEach(d -> tell("whistle.released", file, d, Map.of("note", "吹哨已撤回", "noteEn", "the whistle is withdrawn")));
      }
      case CALLED -> called(file, department, dueAt, now);
      case OBJECTED -> calls.objected(number, department, said.last(file, "object", department).by(), now);
      case OBJECTION_REFUSED -> calls.objectionDecided(number, department, "refused");
      case OBJECTION_UPHELD -> {
        calls.objectionDecided(number, department, "upheld");
        calls.released(number, department, null, "objection", now);
        tell("whistle.released", file, department, Map.of("note", "异议成立", "noteEn", "the objection is upheld"));
      }
      case NO_SHOW -> {
        calls.due(number, department, dueAt);
        calls.noShow(number, department, now);
      }
      case CHECKED_IN -> {
        // the clock began a breath after the call; what counts is the clock
        calls.due(number, department, dueAt);
        checkedIn(file, department, now);
      }
      case FILED -> calls.filed(number, department, said.last(file, "file-result", department).text("outcome"), now);
      case RELEASED -> {
        Said.Answer why = said.last(file, "release", null);
        calls.released(number, department, why.by(), "township", now);
        tell("whistle.released", file, department, Map.of());
      }
      case MARKED -> {
        Said.Answer mark = said.last(file, "mark", null);
        marks.add(number, department, whole(mark, "arrival"), whole(mark, "effort"), whole(mark, "result"),
            mark.text("remark"), mark.by(), now);
      }
      case APPEALED -> marks.appealed(number, department, said.last(file, "appeal", department).by(), now);
      case APPEAL_DECIDED -> {
        Said.Answer decision = said.last(file, "decide-appeal", null);
        boolean upheld = "yes".equals(decision.text("appealUpheld"));
        if (upheld) {
          marks.marks(number, department, whole(decision, "arrival"), whole(decision, "effort"),
              whole(decision, "result"));
        }
        marks.decided(number, department, upheld ? "upheld" : "refused", decision.by());
        marks.beyondAppeal(number, department, now);
      }
      case MARKS_FINAL -> marks.beyondAppeal(number, department, now);
    }
  }

  /** The departments that were called and not released because they were right to object, in order of the call. */
  public List<String> toBeMarked(CaseFile file) {
    Map<String, CallMapper.Call> latest = new LinkedHashMap<>();
    calls.of(file.number()).forEach(c -> latest.put(c.department(), c));
    return latest.values().stream().filter(c -> !"objection".equals(c.release())).map(CallMapper.Call::department)
        .toList();
  }

  /** A check-in clock was laid again: the call's copy of its deadline follows. */
  @Override
  @Transactional
  public void moved(Running moved) {
    if (moved.kind().equals(CHECK_IN) && moved.unitCode() != null) {
      calls.due(moved.caseNumber(), moved.unitCode(), moved.due().toInstant());
    }
  }

  private void confirmed(CaseFile file, Instant now) {
    WhistleMapper.Whistle whistle = whistles.find(file.number());
    if (calls.of(file.number()).isEmpty()) {
      Said.Answer confirmed = said.last(file, "confirm", null);
      whistles.confirm(file.number(), leading(confirmed, confirmed.list("called")), now);
      return;
    }
    // an emergency, confirmed when its departments are long on their way: what is corrected comes on top
    Said.Answer confirmed = said.last(file, "confirm-afterwards", null);
    List<String> added = confirmed.list("added");
    more(file, added);
    String lead = confirmed.text("leadDepartment");
    if (lead != null && !added.contains(lead) && calls.latest(whistle.caseNumber(), lead) == null) {
      throw notCalled();
    }
    whistles.confirm(file.number(), lead, now);
  }

  private void more(CaseFile file, List<String> added) {
    int turn = whistles.find(file.number()).turn();
    List<String> known = calls.of(file.number()).stream().filter(c -> c.turn() == turn)
        .map(CallMapper.Call::department).toList();
    added.stream().filter(known::contains).findFirst().ifPresent(twice -> {
      throw InvalidInput.at("answers.added", "已经叫过：" + name(twice) + "。请去掉。",
          "Called already: " + name(twice) + ". Leave it out.");
    });
    if (known.size() + added.size() > MOST_DEPARTMENTS) {
      throw InvalidInput.at("answers.added", "一次吹哨最多叫 " + MOST_DEPARTMENTS + " 个部门，已经叫了 " + known.size() + " 个。",
          "A whistle calls at most " + MOST_DEPARTMENTS + " departments; " + known.size() + " are called already.");
    }
  }

  private void called(CaseFile file, String department, Instant dueAt, Instant now) {
    WhistleMapper.Whistle whistle = whistles.find(file.number());
    if (calls.add(file.number(), whistle.turn(), department, whistle.kind(), now, dueAt) == 0) {
      throw InvalidInput.at("answers.added", "已经叫过：" + name(department) + "。请去掉。",
          "Called already: " + name(department) + ". Leave it out.");
    }
    register.concerns(file.number(), department, "co-handling");
    Map<String, Object> data = new HashMap<>();
    data.put("note", whistle.place() + "：" + whistle.matter());
    if (dueAt != null) {
      data.put("due", dueAt);
    }
    tell(whistle.kind().equals(EMERGENCY) ? "whistle.called-emergency" : "whistle.called", file, department, data);
  }

  private void checkedIn(CaseFile file, String department, Instant now) {
    Said.Answer proof = said.last(file, CHECK_IN, department);
    CallMapper.Call call = calls.latest(file.number(), department);
    Spot spot = whistles.find(file.number()).spot();
    boolean late = call.dueAt() != null && now.truncatedTo(ChronoUnit.SECONDS).isAfter(call.dueAt());
    calls.checkedIn(file.number(), department, proof.by(), late, proof.spot(), proof.number("accuracy"),
        spot == null || proof.spot() == null ? null : (Integer) spot.metresTo(proof.spot()), now);
  }

  private void tell(String topic, CaseFile file, String department, Map<String, Object> data) {
    outbox.add(topic, file.number(), department, null, data,
        topic + "/" + file.number() + "/" + department + "/" + clock.instant().toEpochMilli());
  }

  private static String leading(Said.Answer answer, List<String> called) {
    String lead = answer.text("leadDepartment");
    if (lead != null && !called.contains(lead)) {
      throw notCalled();
    }
    return lead;
  }

  private static InvalidInput notCalled() {
    return InvalidInput.at("answers.leadDepartment", "牵头部门要在所叫的部门之中。",
        "The department that leads is one of those called.");
  }

  private static Instant moment(String when) {
    return when == null ? null : OffsetDateTime.parse(when).toInstant();
  }

  private static int whole(Said.Answer answer, String key) {
    return answer.number(key).intValue();
  }

  private String name(String unit) {
    return organisation.unit(unit).map(Unit::name).orElse(unit);
  }
}
