package org.closedloop.casefile.export;

import java.util.Map;
import org.closedloop.problem.Words;

/** The words for codes that stand in lists, as the pages say them. A code nobody knows stands for itself. */
public final class CodeWords {

  private static final Map<String, Words> LIGHTS = Map.of("green", Words.of("正常", "In time"), "yellow",
      Words.of("临期", "Due soon"), "red", Words.of("超期", "Overdue"), "grey", Words.of("停表", "Stopped"), "none",
      Words.of("已结束", "Ended"));
  private static final Map<String, Words> URGENCIES = Map.of("emergency", Words.of("突发", "Emergency"), "urgent",
      Words.of("紧急", "Urgent"), "ordinary", Words.of("一般", "Ordinary"), "complex", Words.of("复杂", "Complex"));
  private static final Map<String, Words> CHANNELS = Map.of("grid-worker", Words.of("网格员", "Grid worker"), "12345",
      Words.of("12345 热线", "12345 hotline"), "12345-hotline", Words.of("12345 热线", "12345 hotline"), "citizen-page",
      Words.of("群众页面", "Citizen page"), "patrol", Words.of("巡查", "Patrol"), "urban-management-system",
      Words.of("城市管理系统", "Urban-management system"), "department", Words.of("部门", "Department"), "superior",
      Words.of("上级交办", "Superior"), "open311", Words.of("Open311", "Open311"));

  private CodeWords() {}

  public static Words light(String code) {
    return of(LIGHTS, code);
  }

  public static Words urgency(String code) {
    return of(URGENCIES, code);
  }

  public static Words channel(String code) {
    return of(CHANNELS, code);
  }

  private static Words of(Map<String, Words> words, String code) {
    return code == null ? Words.of("", "") : words.getOrDefault(code, Words.of(code, code));
  }
}
