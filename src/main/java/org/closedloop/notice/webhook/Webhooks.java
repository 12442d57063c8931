package org.closedloop.notice.webhook;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The configured targets by name. Two settings have to agree, so that a slip in an address is a refused start and not a
 * message to a stranger: the addresses, and the list of hosts and ports that may be called at all.
 */
@Component
public class Webhooks {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int SHORTEST_SECRET = 16;

  private final Map<String, URI> targets = new LinkedHashMap<>();
  private final String secret;
  private final boolean loopback;

  /**
   * @param targets  {@code name=https://host/path}, several separated by blanks or semicolons
   * @param allowed  {@code host:port}, several separated by blanks, commas or semicolons
   * @param secret   what requests are signed with, at least 16 characters
   * @param loopback for tests only: the machine itself may be called
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  @Autowired
  Webhooks(@Value("${closedloop.webhook.targets}") String targets, @Value("${closedloop.webhook.hosts}") String allowed,
      @Value("${closedloop.webhook.secret}") String secret,
      @Value("${closedloop.webhook.allow-loopback-for-tests:false}") boolean loopback) {
    this.secret = secret;
    this.loopback = loopback;
    Set<String> hosts = parts(allowed.toLowerCase(Locale.ROOT), "[ ,;]+");
    for (String part : parts(targets, "[ ;]+")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals);
      if (!NAME.matcher(name).matches() || this.targets.containsKey(name)) {
        throw new IllegalArgumentException("CLOSEDLOOP_WEBHOOKS holds name=https://host/path, each name once, in "
            + "lower-case letters, digits and hyphens; this is not so: " + name);
      }
      this.targets.put(name, checked(name, part.substring(equals + 1), hosts));
    }
    if (!this.targets.isEmpty() && secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException("CLOSEDLOOP_WEBHOOK_SECRET must have at least " + SHORTEST_SECRET
          + " characters: webhooks are signed with it");
    }
  }

  public Collection<String> names() {
    return java.util.Collections.unmodifiableSet(targets.keySet());
  }

  /** Null when there is none of that name. */
  URI address(String name) {
    return targets.get(name);
  }

  String secret() {
    return secret;
  }

  boolean loopback() {
    return loopback;
  }

  /** @return the port of the address, or of its scheme where it names none */
  static int port(URI address) {
    return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
  }

  private static URI checked(String name, String text, Set<String> hosts) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("CLOSEDLOOP_WEBHOOKS: the address of " + name + " is none", e);
    }
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null
        || address.getUserInfo() != null || address.getFragment() != null) {
      throw new IllegalArgumentException("CLOSEDLOOP_WEBHOOKS: the address of " + name
          + " must be http(s)://host[:port]/path, without a user and without #");
    }
    String host = address.getHost().toLowerCase(Locale.ROOT) + ":" + port(address);
    if (!hosts.contains(host)) {
      throw new IllegalArgumentException("CLOSEDLOOP_WEBHOOKS: " + host + " of " + name
          + " is not in CLOSEDLOOP_WEBHOOK_HOSTS");
    }
    return address;
  }

  private static Set<String> parts(String text, String between) {
    return Arrays.stream(text.strip().split(between)).filter(p -> !p.isEmpty())
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }
}
