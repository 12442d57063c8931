package org.closedloop.web.access;

import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;

/** What a page in a browser does: keeps cookies, copies the token from its cookie into the header. */
final class Browser {

  private final Caller caller;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Browser(Caller caller) {
    this.caller = caller;
  }

  Answer get(String path) {
    return keep(withCookies().get(path));
  }

  Answer post(String path, Object body) {
    return keep(withToken().post(path, body));
  }

  Answer logIn(String username, String password) {
    String form = "username=" + encoded(username) + "&password=" + encoded(password);
    return keep(withToken().send("POST", "/login", BodyPublishers.ofString(form),
        "application/x-www-form-urlencoded"));
  }

  /** A request as another site could make it: the cookies go along, the header cannot. */
  Answer withoutToken(String method, String path) {
    return withCookies().send(method, path, BodyPublishers.ofString("{}"), "application/json");
  }

  String cookie(String name) {
    return cookies.get(name);
  }

  private Caller withToken() {
    return withCookies().with("X-XSRF-TOKEN", cookies.getOrDefault("XSRF-TOKEN", "none"));
  }

  private Caller withCookies() {
    return cookies.isEmpty() ? caller : caller.with("Cookie",
        cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).collect(Collectors.joining("; ")));
  }

  private Answer keep(Answer answer) {
    answer.response().headers().allValues("Set-Cookie").stream().flatMap(h -> HttpCookie.parse(h).stream())
        .forEach(c -> {
          if (c.getValue().isEmpty() || c.getMaxAge() == 0) {
            cookies.remove(c.getName());
          } else {
            cookies.put(c.getName(), c.getValue());
          }
        });
    return answer;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
