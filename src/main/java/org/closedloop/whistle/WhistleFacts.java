package org.closedloop.whistle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.closedloop.casefile.CaseFile;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.worklist.FormAnswers.Option;
import org.closedloop.worklist.FormFacts;
import org.closedloop.worklist.WorkQueue;
import org.springframework.stereotype.Component;

/**
 * What forms of a whistle show: {@code matter}, {@code where}; {@code load}, which of the departments other whistles want
 * too; {@code callsSoFar} and {@code calledNames}; {@code openCalls} to choose from; and of one department
 * {@code departmentName}, {@code callFacts}, {@code appealReason}.
 */
@Component
class WhistleFacts implements FormFacts {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M月d日 H:mm").withZone(ZoneId.of("Asia/Shanghai"));

  private final WhistleMapper whistles;
  private final CallMapper calls;
  private final Said said;
  private final Organisation organisation;
  private final Me me;

  WhistleFacts(WhistleMapper whistles, CallMapper calls, Said said, Organisation organisation, Me me) {
    this.whistles = whistles;
    this.calls = calls;
    this.said = said;
    this.organisation = organisation;
    this.me = me;
  }

  @Override
  public Map<String, Object> of(CaseFile file, WorkQueue.Asked asked) {
    WhistleMapper.Whistle whistle = whistles.find(file.number());
    if (whistle == null) {
      return Map.of();
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("matter", whistle.matter());
    facts.put("where", whistle.place());
    List<CallMapper.Call> all = calls.of(file.number());
    List<String> wanted = all.isEmpty() ? said.last(file, "report", null).list("called")
        : all.stream().map(CallMapper.Call::department).distinct().toList();
    facts.put("load", load(file, wanted));
    facts.put("calledNames", wanted.stream().map(this::name).collect(Collectors.joining("、")));
    if (!all.isEmpty()) {
      facts.put("callsSoFar", all.stream().map(c -> "- " + name(c.department()) + "：" + words(c))
          .collect(Collectors.joining("\n")));
    }
    facts.put("openCalls", all.stream().filter(CallMapper.Call::open)
        .map(c -> new Option(name(c.department()), c.department())).distinct().toList());
    if (asked.variables().get("department") instanceof String department) {
      facts.put("departmentName", name(department));
      all.stream().filter(c -> c.department().equals(department)).reduce((first, last) -> last)
          .ifPresent(c -> facts.put("callFacts", words(c)));
      said.find(file, "appeal", department).ifPresent(a -> facts.put("appealReason", a.text("reason")));
    }
    return facts;
  }

  /** Departments that other open whistles want too, with those whistles; null when there are none. */
  private String load(CaseFile file, List<String> wanted) {
    Map<String, List<CallMapper.Other>> busy = calls.elsewhere(file.number(), wanted, me.sight()).stream()
        .collect(Collectors.groupingBy(CallMapper.Other::department, LinkedHashMap::new, Collectors.toList()));
    return busy.isEmpty() ? null : busy.entrySet().stream().map(e -> name(e.getKey()) + "（" + e.getValue().stream()
        .map(o -> o.number() + " " + TIME.format(o.calledAt())).collect(Collectors.joining("，")) + "）")
        .collect(Collectors.joining("、"));
  }

  private static String words(CallMapper.Call c) {
    return Arrays.asList(at(c.calledAt(), " 叫到"),
        "upheld".equals(c.objection()) ? "异议成立" : "refused".equals(c.objection()) ? "异议不成立" : null,
        c.checkedInAt() == null ? c.noShowAt() == null ? null : "未按时报到"
            : TIME.format(c.checkedInAt()) + (c.late() ? " 报到（迟到）" : " 报到（按时）"),
        c.distance() == null ? null : "距现场 " + c.distance() + " 米",
        c.filedAt() == null ? null : switch (c.outcome()) {
          case "done" -> "本单位已完成";
          case "partly" -> "本单位部分完成";
          default -> "本单位未能完成";
        },
        "township".equals(c.release()) ? "乡镇已放行" : null).stream().filter(Objects::nonNull)
        .collect(Collectors.joining("，"));
  }

  private static String at(Instant moment, String what) {
    return TIME.format(moment) + what;
  }

  private String name(String unit) {
    return organisation.unit(unit).map(Unit::name).orElse(unit);
  }
}
