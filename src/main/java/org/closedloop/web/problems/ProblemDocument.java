package org.closedloop.web.problems;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** The RFC 9457 form of a problem: type, title, status, detail, instance, errors, and the problem's own facts. */
final class ProblemDocument {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Map<Integer, Words> TITLES = Map.ofEntries(
      Map.entry(400, Words.of("请求有误", "Bad request")),
      Map.entry(401, Words.of("请先登录", "Log in first")),
      Map.entry(403, Words.of("不允许", "Not allowed")),
      Map.entry(404, Words.of("找不到", "Not found")),
      Map.entry(405, Words.of("不支持此操作", "Method not allowed")),
      Map.entry(406, Words.of("无法提供所要的格式", "Not acceptable")),
      Map.entry(409, Words.of("情况已变化", "Conflict")),
      Map.entry(413, Words.of("内容过大", "Too large")),
      Map.entry(415, Words.of("不支持的格式", "Unsupported media type")),
      Map.entry(422, Words.of("填写有误", "Invalid input")),
      Map.entry(429, Words.of("请求过于频繁", "Too many requests")),
      Map.entry(500, Words.of("系统内部错误", "Internal error")),
      Map.entry(503, Words.of("暂时无法处理", "Temporarily unavailable")));

  private ProblemDocument() {}

  static Map<String, Object> of(Problem problem, Locale language, String path) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "urn:closedloop:" + problem.kind());
    document.put("title", TITLES.getOrDefault(problem.status(), Words.of("出现问题", "Problem")).in(language));
    document.put("status", problem.status());
    document.put("detail", problem.words().in(language));
    document.put("instance", path);
    if (!problem.errors().isEmpty()) {
      document.put("errors", problem.errors().stream().map(e -> finding(e, language)).toList());
    }
    problem.facts().forEach(document::putIfAbsent);
    return document;
  }

  private static Map<String, Object> finding(Problem.FieldError error, Locale language) {
    Map<String, Object> finding = new LinkedHashMap<>();
    finding.put("field", error.field());
    finding.put("message", error.message().in(language));
    return finding;
  }

  /** For places below Spring, where nothing is known but the status. */
  static Problem bare(int status) {
    Words words = switch (status) {
      case 400 -> Words.of("请求的格式不正确，无法处理。", "The request is not well formed.");
      case 401 -> Words.of("请先登录。", "Log in first.");
      case 403 -> Words.of("您无权这样做。", "You may not do this.");
      case 404 -> Words.of("这里什么也没有，请检查地址。", "There is nothing here; check the address.");
      case 405 -> Words.of("此地址不支持这种请求方法。", "This address does not take this method.");
      case 413 -> Words.of("内容过大。", "The content is too large.");
      case 414, 431 -> Words.of("地址或请求头过长。", "The address or the headers are too long.");
      case 503 -> Words.of("暂时无法处理，请稍后再试。", "Cannot be done right now; try again shortly.");
      default -> status >= 500
          ? Words.of("系统内部错误，请稍后再试。", "Something went wrong inside; try again later.")
          : Words.of("无法处理此请求。", "The request cannot be handled.");
    };
    return new Problem(status, kind(status), words, List.of());
  }

  static String kind(int status) {
    return switch (status) {
      case 400 -> "bad-request";
      case 401 -> "unauthenticated";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 406 -> "not-acceptable";
      case 409 -> "conflict";
      case 413 -> "too-large";
      case 414, 431 -> "header-too-long";
      case 415 -> "unsupported-media-type";
      case 422 -> "invalid-input";
      case 429 -> "too-many-requests";
      case 503 -> "unavailable";
      default -> status >= 500 ? "internal-error" : "bad-request";
    };
  }
}
