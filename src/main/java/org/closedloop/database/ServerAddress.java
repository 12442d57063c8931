package org.closedloop.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.closedloop.problem.Words;

/**
 * Understands DATABASE_URL: {@code jdbc:postgresql://host:port/name?…} as the driver writes it, or
 * {@code postgres://user:password@host:port/name?…} as hosting services do.
 */
final class ServerAddress {

  private static final Pattern FORM = Pattern.compile(
      "(?:jdbc:postgresql|postgresql|postgres)://(?:(?<who>[^@/?]*)@)?(?<hosts>[^/?@]+)/(?<name>[^?/]+)(?:\\?(?<more>.*))?");

  /** What the driver needs to notice a dead or demoted server; whatever the address says itself stays. */
  private static final Map<String, String> PARAMETERS = parameters();

  private ServerAddress() {}

  private static Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("targetServerType", "primary");
    parameters.put("connectTimeout", "3");
    parameters.put("socketTimeout", "30");
    parameters.put("tcpKeepAlive", "true");
    return parameters;
  }

  /**
   * @param user     DATABASE_USER, blank when the address carries it
   * @param password DATABASE_PASSWORD, blank when the address carries it or none is needed
   * @throws DatabaseUnusable when the address is not understood
   */
  static Server parse(String address, String user, String password) {
    Matcher form = FORM.matcher(address.strip());
    if (!form.matches()) {
      throw new DatabaseUnusable(
          Words.of("DATABASE_URL 的格式不正确。", "DATABASE_URL is not understood."),
          Words.of("请写成 jdbc:postgresql://主机:端口/库名，用户名和密码放在 DATABASE_USER 和 DATABASE_PASSWORD。",
              "Write jdbc:postgresql://host:port/name and give DATABASE_USER and DATABASE_PASSWORD."));
    }
    String who = form.group("who");
    String urlUser = who == null ? null : decoded(who.contains(":") ? who.substring(0, who.indexOf(':')) : who);
    String urlPassword = who == null || !who.contains(":") ? null : decoded(who.substring(who.indexOf(':') + 1));
    String place = form.group("hosts") + "/" + form.group("name");
    String more = form.group("more");
    StringBuilder url = new StringBuilder("jdbc:postgresql://").append(place);
    char separator = '?';
    if (more != null && !more.isBlank()) {
      url.append(separator).append(more);
      separator = '&';
    }
    for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
      if (more == null || !("&" + more).contains("&" + parameter.getKey() + "=")) {
        url.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
        separator = '&';
      }
    }
    return new Server(url.toString(), place, user.isBlank() ? urlUser : user, password.isBlank() ? urlPassword : password,
        () -> { });
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
