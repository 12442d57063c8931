package org.closedloop.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.closedloop.organisation.Credential;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Problem;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks a username and a password, for pages and programs alike. An unknown name, a disabled account and a wrong
 * password take the same time and get the same answer. Details of the authentication given must be the caller's
 * address.
 */
@Component
class LogIn implements AuthenticationProvider {

  /** Held by people whose password was given by somebody else. */
  static final GrantedAuthority MUST_CHANGE = new SimpleGrantedAuthority("must-change-password");

  private static final int LONGEST = 128;
  /** Each check takes 19 MiB and tens of milliseconds on purpose; a flood must not take the whole machine. */
  private static final int AT_ONCE = 4;

  private final Organisation organisation;
  private final PasswordEncoder encoder;
  private final AttemptLimits limits;
  private final String hashOfNobody;
  private final Semaphore slots = new Semaphore(AT_ONCE, true);
  private final SecretKeySpec processKey;
  /**
   * Programs send their password with every call. What was right a moment ago is not hashed again: the key is made of
   * name, password and stored hash under a key of this process, so a changed password misses, and a memory dump shows
   * no password. Only right ones are remembered.
   */
  private final Cache<String, Boolean> right =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(5)).build();

  /** Known to everybody; null while the demo is on. A database in which the demo once ran is not open for that. */
  private final String worthless;

  LogIn(Organisation organisation, PasswordEncoder encoder, AttemptLimits limits,
      @Value("${closedloop.demo}") boolean demo, @Value("${closedloop.demo-password}") String demoPassword) {
    this.worthless = demo ? null : demoPassword;
    this.organisation = organisation;
    this.encoder = encoder;
    this.limits = limits;
    var random = new SecureRandom();
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.processKey = new SecretKeySpec(key, "HmacSHA256");
    random.nextBytes(key);
    this.hashOfNobody = encoder.encode(HexFormat.of().formatHex(key));
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String username = given.getName().strip().toLowerCase(Locale.ROOT);
    String password = given.getCredentials() == null ? "" : given.getCredentials().toString();
    try {
      return authenticated(verify(username, password, String.valueOf(given.getDetails())));
    } catch (TooManyAttempts often) {
      throw new RefusedByProblem(often);
    }
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }

  /**
   * @param address where the attempt comes from
   * @throws BadCredentialsException whatever is wrong
   * @throws TooManyAttempts         when this account from this address, or this address, failed too often
   */
  Credential verify(String username, String password, String address) {
    var stored = organisation.credential(username).filter(Credential::enabled)
        .filter(c -> c.passwordHash() != null);
    String key = mac(username, password, stored.map(Credential::passwordHash).orElse(hashOfNobody));
    if (stored.isPresent() && right.getIfPresent(key) != null) {
      return stored.get();
    }
    var attempt = limits.logIn(username, address);
    slots.acquireUninterruptibly();
    try {
      attempt.begin();
      boolean possible = password.length() <= LONGEST && !password.equals(worthless);
      boolean matches = encoder.matches(possible ? password : "",
          stored.map(Credential::passwordHash).orElse(hashOfNobody));
      if (!matches || stored.isEmpty()) {
        throw new BadCredentialsException("refused");
      }
      attempt.succeeded();
    } finally {
      slots.release();
    }
    right.put(key, true);
    return stored.get();
  }

  /** Carries a problem through Spring Security, which knows only exceptions of its own. */
  static final class RefusedByProblem extends AuthenticationException {

    private final Problem problem;

    RefusedByProblem(Problem problem) {
      super(problem.kind());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  /** Somebody who is already known, on the way to be let in again; empty when the account was closed meanwhile. */
  Optional<Authentication> returning(String username) {
    return organisation.credential(username).filter(Credential::enabled).map(this::authenticated);
  }

  /** Only the username is carried; what it may do is looked up where it is needed. */
  private Authentication authenticated(Credential who) {
    var posts = organisation.official(who.username()).stream().flatMap(o -> o.posts().stream())
        .map(p -> (GrantedAuthority) new SimpleGrantedAuthority(p.code()));
    List<GrantedAuthority> authorities =
        Stream.concat(posts, who.mustChange() ? Stream.of(MUST_CHANGE) : Stream.empty()).toList();
    return UsernamePasswordAuthenticationToken.authenticated(who.username(), null, authorities);
  }

  private String mac(String... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(processKey);
      for (var part : parts) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
