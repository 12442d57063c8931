package org.closedloop.worklist.reply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.closedloop.problem.Words;

/**
 * The text of a template and the facts of a case it may name in braces. Who reported is not among them: what is offered
 * to every official of a unit must not carry personal data about.
 */
final class ReplyText {

  static final String NUMBER = "编号";
  static final String TITLE = "标题";
  static final String PLACE = "地点";
  static final String CATEGORY = "类别";
  static final String UNIT = "承办单位";
  static final String TODAY = "今天";
  static final List<String> NAMES = List.of(NUMBER, TITLE, PLACE, CATEGORY, UNIT, TODAY);

  /** What could stand there, for whoever writes a template and sees no case. */
  static final Map<String, String> EXAMPLES = Map.of(NUMBER, "0120260305-000017", TITLE, "东街超市门口路灯不亮", PLACE, "岚漪镇东街社区",
      CATEGORY, "路灯不亮", UNIT, "县城市管理局", TODAY, "2026年3月5日");

  private static final Pattern NAMED = Pattern.compile("\\{([^{}\n]*)}");

  private ReplyText() {}

  /** As it is kept: line ends of one kind, no blanks around it, braces of a Chinese keyboard as plain ones. */
  static String normal(String text) {
    return text == null ? "" : text.replace("\r\n", "\n").replace('｛', '{').replace('｝', '}').strip();
  }

  /** What cannot be filled in, if anything. */
  static Optional<Words> fault(String text) {
    for (Matcher found = NAMED.matcher(text); found.find();) {
      if (!NAMES.contains(found.group(1))) {
        return Optional.of(Words.of(
            "不认识“" + shown(found.group()) + "”。可以使用：" + known("、") + "。",
            "“" + shown(found.group()) + "” is not known. There are: " + known(", ") + "."));
      }
    }
    String rest = NAMED.matcher(text).replaceAll("");
    return rest.indexOf('{') < 0 && rest.indexOf('}') < 0 ? Optional.empty() : Optional.of(Words.of(
        "花括号没有成对。案卷信息写成 {" + NUMBER + "} 这样；正文里请不要用花括号。",
        "A brace has no partner. Facts of the case are written as {" + NUMBER + "}; use no braces otherwise."));
  }

  /** What is not known of the case stays as a blank that says what to write there: 〔承办单位〕. */
  static String filled(String text, Map<String, String> values) {
    return NAMED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
        values.getOrDefault(found.group(1), "〔" + found.group(1) + "〕")));
  }

  private static String known(String between) {
    return String.join(between, NAMES.stream().map(name -> "{" + name + "}").toList());
  }

  /** What somebody sent is repeated to them, but not at any length. */
  private static String shown(String text) {
    return text.length() > 20 ? text.substring(0, 20) + "…" : text;
  }
}
