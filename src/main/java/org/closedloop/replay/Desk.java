package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.closedloop.replay.Api.Account;
import org.closedloop.replay.Api.Answer;

/**
 * Takes one case one step further: looks at it as a dispatcher, finds who has to act, and acts as that person by the
 * rules. What somebody else did meanwhile (409) is seen at the next step.
 */
final class Desk {

  private static final int CONFLICT = 409;
  private static final int REVIEW_DAYS = 20;
  private static final String NOT_OURS = "经核对权责清单，该事项不属于本单位职责，申请退单。";

  private final Api api;
  private final Rules rules;
  private final Officials officials;
  private final Townspeople people;
  /** Where the first message of a repeat went; null when it has not been reported. */
  private final Function<String, StateFile.Filed> filed;
  /** The first message's rules decide whether its case can take repeats. */
  private final Function<String, Message> messages;

  Desk(Api api, Rules rules, Officials officials, Townspeople people, Function<String, StateFile.Filed> filed,
      Function<String, Message> messages) {
    this.api = api;
    this.rules = rules;
    this.officials = officials;
    this.people = people;
    this.filed = filed;
    this.messages = messages;
  }

  /**
   * @return how it ended, empty while there is more to do
   * @throws Api.Refused           when the server refuses what the rules do
   * @throws IllegalStateException when nobody has anything to do
   */
  Optional<Outcome> step(Message m, StateFile.Filed receipt) {
    JsonNode c = api.mustGet(rules.one(m, "reader", officials.dispatchers()), "/api/cases/" + receipt.number());
    if (!c.get("open").asBoolean()) {
      return afterwards(m, receipt, c);
    }
    JsonNode item = next(c);
    if (item != null) {
      work(m, receipt, c, item);
    } else if (passed(c, "supplement_asked") > 0 && stage(c).equals("accept")) {
      settle(people.supplement(receipt));
    } else {
      throw new IllegalStateException("nobody has anything to do at " + stage(c));
    }
    return Optional.empty();
  }

  private Optional<Outcome> afterwards(Message m, StateFile.Filed receipt, JsonNode c) {
    if (stage(c).equals("closed")) {
      if (c.get("rating").isNull() && rules.happens(m, "rated", Rules.RATED)) {
        settle(people.rate(m, receipt));
        return Optional.empty();
      }
      if (c.get("round").asInt() == 1 && rules.reopened(m)) {
        settle(people.reopen(receipt));
        return Optional.empty();
      }
    }
    return Optional.of(Outcome.of(c));
  }

  /** Decisions beside the flow come first: the work would end them. */
  private static JsonNode next(JsonNode c) {
    JsonNode found = null;
    for (JsonNode item : c.get("openItems")) {
      boolean beside = !item.get("task").asText().equals(stage(c));
      if (found == null || beside) {
        found = item;
      }
    }
    return found;
  }

  private void work(Message m, StateFile.Filed receipt, JsonNode c, JsonNode item) {
    String unit = item.get("unit").asText();
    String task = item.get("task").asText();
    switch (task) {
      case "accept" -> accept(m, receipt, c, item, unit);
      case "dispatch" -> dispatch(m, c, item, unit);
      case "handle" -> handle(m, receipt, c, item, unit);
      case "feedback" -> complete(m, item, unit, "handler", Map.of("found", "经现场核实，反映的情况属实。",
          "done", "已安排人员处理，并将结果告知反映人。", "contact", "主办单位值班室 0350-0000000"));
      case "verify" -> verify(m, c, item, unit);
      case "close" -> complete(m, item, unit, "dispatcher",
          Map.of("result", rules.one(m, "result", List.of("solved", "solved", "solved", "explained", "partly"))));
      case "decide-return" -> complete(m, item, unit, "dispatcher",
          rules.happens(m, "return accepted", Rules.RETURN_ACCEPTED) ? Map.of("returnAccepted", "yes")
              : Map.of("returnAccepted", "no", "refusalText", "权责清单已明确由你单位办理，请继续办理。"));
      case "convene" -> complete(m, item, unit, "duty-leader", Map.of("question", "该事项应由哪个单位主办？",
          "participants", suggested(m, item, unit)));
      case "give-opinion" -> complete(m, item, unit, "handler", Map.of("stance", "none", "opinion", "服从指挥中心裁定。"));
      case "conclude" -> complete(m, item, unit, "duty-leader", Map.of("consultationOutcome", "ruled", "leadUnit",
          proposed(m, item, unit, "duty-leader"), "ruling", "经会商，按照权责清单由该单位牵头办理，其他单位配合。",
          "dutyProposal", "no"));
      case "decide-extension" -> complete(m, item, unit, inRound(c, "extended") == 0 ? "duty-leader" : "county-leader",
          rules.happens(m, "extension approved", Rules.EXTENSION_APPROVED)
              ? Map.of("extensionApproved", "yes", "grantedAmount", 1, "grantedUnit", "WORKING_DAYS")
              : Map.of("extensionApproved", "no"));
      case "decide-suspension" -> complete(m, item, unit, "duty-leader", Map.of("suspensionApproved", "yes"));
      case "explain" -> complete(m, item, unit, "handler", Map.of("cause", "事项复杂，前期措施不到位。", "measures",
          "已安排专人每日跟进。", "promised", "本周内办结"));
      case "instruct" -> complete(m, item, unit, "county-leader",
          Map.of("instruction", "请主办单位立即办结并书面报告原因。"));
      default -> throw new IllegalStateException("the rules know no task " + task);
    }
  }

  private void accept(Message m, StateFile.Filed receipt, JsonNode c, JsonNode item, String unit) {
    Map<String, Object> answers = new HashMap<>(Map.of("accepted", "accept", "category", rules.category(m), "area",
        people.township(m), "urgency", rules.urgency(m)));
    if (m.repeatOf() != null && filed.apply(m.repeatOf()) != null && !rules.refused(messages.apply(m.repeatOf()))) {
      Answer merged = act(rules.one(m, "dispatcher", officials.in(unit, "dispatcher")), receipt, "merge",
          Map.of("mergeInto", filed.apply(m.repeatOf()).number(), "reason", "同一反映人就同一事项重复反映。"));
      if (merged.ok() || merged.status() == CONFLICT) {
        return;
      }
      // the first case has ended meanwhile: the repeat is worked on by itself
    }
    if (rules.refused(m)) {
      answers.put("accepted", "refuse");
      answers.put("refusal", rules.refusal(m));
      answers.put("refusalText", "经审核，该事项不符合受理条件，请通过法定途径反映。");
    } else if (rules.asked(m) && passed(c, "supplement_asked") == 0) {
      answers.put("accepted", "ask");
      answers.put("missing", "请补充事情发生的具体地点和时间。");
    }
    complete(m, item, unit, "dispatcher", answers);
  }

  /** The proposal of the duty list; after an accepted return another department that has not had it yet. */
  private void dispatch(Message m, JsonNode c, JsonNode item, String unit) {
    String proposed = proposed(m, item, unit, "dispatcher");
    String lead = proposed;
    if (inRound(c, "returned") > 0 || proposed.isEmpty()) {
      List<String> departments = officials.unitsWith("handler").stream()
          .filter(u -> u.contains("-") && !u.endsWith("-zf") && !u.equals(proposed)).toList();
      lead = rules.one(m, "other unit " + inRound(c, "returned"), departments);
    }
    Map<String, Object> answers = new HashMap<>(Map.of("leadUnit", lead, "urgency", c.get("urgency").asText()));
    if (!proposed.isEmpty() && !lead.equals(proposed)) {
      answers.put("overrideReason", "原主办单位退单，改由该单位牵头办理。");
    }
    complete(m, item, unit, "dispatcher", answers);
  }

  private String proposed(Message m, JsonNode item, String unit, String post) {
    return api.mustGet(rules.one(m, post, officials.in(unit, post)),
        "/api/work-items/" + item.get("id").asText() + "/form").get("data").path("proposedUnit").asText("");
  }

  /** Who is to take part in a consultation, as the form proposes it. */
  private List<String> suggested(Message m, JsonNode item, String unit) {
    List<String> units = new ArrayList<>();
    api.mustGet(rules.one(m, "duty-leader", officials.in(unit, "duty-leader")),
        "/api/work-items/" + item.get("id").asText() + "/form").get("data").path("participants")
        .forEach(u -> units.add(u.asText()));
    return units;
  }

  private void handle(Message m, StateFile.Filed receipt, JsonNode c, JsonNode item, String unit) {
    Account handler = rules.one(m, "handler", officials.in(unit, "handler"));
    if (inRound(c, "suspended") > inRound(c, "resumed")) {
      settle(act(handler, receipt, "resume", Map.of("reason", "停表原因已经消除，恢复办理。")));
      return;
    }
    if (firstTime(c)) {
      if (asked(c, "return") < rules.returns(m) && inRound(c, "ruled") == 0) {
        if (done(act(handler, receipt, "return", Map.of("reason", "not-our-duty", "explanation", NOT_OURS)))) {
          return;
        }
      }
      if (slow(c) && asked(c, "request-extension") < rules.extensions(m)) {
        if (done(act(handler, receipt, "request-extension",
            Map.of("amount", 1, "unit", "WORKING_DAYS", "reason", "需要协调有关单位现场会办，申请延期。")))) {
          return;
        }
      }
      if (asked(c, "request-suspension") == 0 && rules.happens(m, "suspended", Rules.SUSPENDED)) {
        String review = OffsetDateTime.parse(c.get("openedAt").asText()).toLocalDate().plusDays(REVIEW_DAYS).toString();
        if (done(act(handler, receipt, "request-suspension", Map.of("reason", "appraisal", "reviewDate", review,
            "explanation", "需要委托第三方鉴定，等待鉴定结论。")))) {
          return;
        }
      }
    }
    complete(m, item, unit, "handler", Map.of("found", "经现场核实，反映的情况属实，原因已经查明。",
        "done", "已按规定处理到位，并安排专人跟进。", "result", rules.one(m, "result",
            List.of("solved", "solved", "solved", "explained", "partly"))));
  }

  /** An extension is for days; work of hours is done or late. */
  private static boolean slow(JsonNode c) {
    return List.of("ordinary", "complex").contains(c.get("urgency").asText());
  }

  private static boolean firstTime(JsonNode c) {
    return c.get("round").asInt() == 1 && inRound(c, "reworked") == 0;
  }

  private void verify(Message m, JsonNode c, JsonNode item, String unit) {
    boolean fails = c.get("round").asInt() == 1 && inRound(c, "reworked") < rules.failures(m);
    complete(m, item, unit, "verifier", fails
        ? Map.of("verified", "fail", "method", "call", "failReason", "电话回访，反映人表示问题仍然存在。")
        : Map.of("verified", "pass", "method", "call"));
  }

  private void complete(Message m, JsonNode item, String unit, String post, Map<String, Object> answers) {
    String claimed = item.get("assignee").asText(null);
    Account by = claimed != null && officials.named(claimed) != null ? officials.named(claimed)
        : rules.one(m, post, officials.in(unit, post));
    String id = item.get("id").asText();
    settle(api.post(by, "/api/work-items/" + id + "/complete", Map.of("answers", answers), "replay-" + id));
  }

  private Answer act(Account by, StateFile.Filed receipt, String action, Map<String, Object> answers) {
    return api.post(by, "/api/cases/" + receipt.number() + "/actions/" + action, Map.of("answers", answers), null);
  }

  /** What somebody else has done meanwhile, or the case no longer allows, is no fault. */
  private static void settle(Answer answer) {
    done(answer);
  }

  /** Whether it was done; false when the case does not allow it (any more). */
  private static boolean done(Answer answer) {
    if (!answer.ok() && answer.status() != CONFLICT) {
      throw new Api.Refused(answer.status(), answer.problem());
    }
    return answer.ok();
  }

  private static String stage(JsonNode c) {
    return c.get("stage").asText();
  }

  private static int passed(JsonNode c, String milestone) {
    return Outcome.passed(c, milestone);
  }

  private static int inRound(JsonNode c, String milestone) {
    int times = 0;
    for (JsonNode e : c.get("milestones")) {
      if (e.get("key").asText().replace('-', '_').equals(milestone)
          && e.get("round").asInt() == c.get("round").asInt()) {
        times++;
      }
    }
    return times;
  }

  /** How often that was asked for in this round. */
  private static int asked(JsonNode c, String action) {
    int times = 0;
    for (JsonNode e : c.get("entries")) {
      if (e.get("kind").asText().equals("action") && e.get("key").asText().equals(action)
          && e.get("round").asInt() == c.get("round").asInt()) {
        times++;
      }
    }
    return times;
  }
}
