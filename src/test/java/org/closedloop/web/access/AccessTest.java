package org.closedloop.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.upkeep.Passwords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The three doors: programs with Basic, reporters without anything, pages with a session. */
@LiveApp
class AccessTest {

  private static final String PASSWORD = "seven quiet herons";

  @Autowired private Caller caller;
  @Autowired private JdbcClient database;
  @Autowired private Roster roster;
  @Autowired private Passwords passwords;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  private String address;

  /** Every test comes from a place of its own, so that none is held up by the failures of another. */
  @BeforeEach
  void fromANewAddress() {
    address = newAddress();
  }

  @Test
  void withoutALogInTheApiAnswers401WithAProblem() {
    var answer = anybody().get("/api/me").expect(401);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:closedloop:unauthenticated");
  }

  @Test
  void aPageThatFetchesIsNotShownTheBrowsersPasswordWindow() {
    var answer = anybody().with("Sec-Fetch-Dest", "empty").get("/api/me").expect(401);
    assertThat(answer.header("WWW-Authenticate")).doesNotContain("Basic");
  }

  @Test
  void programsGetInWithBasicAndNeverGetASession() {
    long before = sessions("dispatcher1");
    var answer = anybody().as("dispatcher1").get("/api/me").expect(200);
    assertThat(answer.json().path("unit").path("kind").asText()).isEqualTo("command-centre");
    assertThat(answer.json().path("posts").get(0).asText()).isEqualTo("dispatcher");
    assertThat(answer.response().headers().allValues("Set-Cookie")).isEmpty();
    assertThat(sessions("dispatcher1")).isEqualTo(before);
  }

  @Test
  void aBrowserSendingBasicForAnotherSiteIsRefused() {
    var official = anybody().as("dispatcher1");
    official.with("Sec-Fetch-Site", "cross-site").post("/api/me/password", Map.of()).expect(403);
    official.with("Origin", "http://elsewhere.example").post("/api/me/password", Map.of()).expect(403);
    official.with("Origin", caller.base()).post("/api/me/password", Map.of("current", "x", "wanted", "y")).expect(422);
  }

  @Test
  void logInGivesANewSessionThatLiesInTheDatabaseAsAUsernameAndNothingElse() {
    var browser = browser();
    browser.get("/");
    var answer = browser.logIn("ga.handler", Caller.DEMO_PASSWORD).expect(204);
    assertThat(answer.response().headers().allValues("Set-Cookie")).anyMatch(c -> c.startsWith("closedloop-session=")
        && c.contains("HttpOnly") && c.contains("SameSite=Lax"));
    assertThat(browser.get("/api/me").expect(200).json().path("username").asText()).isEqualTo("ga.handler");
    assertThat(database.sql("""
        select attribute_name || '=' || convert_from(attribute_bytes, 'UTF8')
          from spring_session_attributes
          join spring_session on primary_id = session_primary_id
         where principal_name = 'ga.handler'""").query(String.class).set())
        .containsExactly(OfficialSession.USERNAME + "=ga.handler");
    browser.post("/logout", null).expect(204);
    browser.get("/api/me").expect(401);
  }

  @Test
  void aSessionIdFromBeforeTheLogInIsWorthNothingAfterIt() {
    var browser = browser();
    browser.get("/");
    browser.logIn("ga.handler2", Caller.DEMO_PASSWORD).expect(204);
    String first = browser.cookie("closedloop-session");
    browser.logIn("ga.handler2", Caller.DEMO_PASSWORD).expect(204);
    assertThat(browser.cookie("closedloop-session")).isNotEqualTo(first);
    anybody().with("Cookie", "closedloop-session=" + first).get("/api/me").expect(401);
  }

  @Test
  void overTlsTheCookieIsBoundToTheHost() {
    var browser = browser("X-Forwarded-Proto", "https");
    browser.get("/");
    var cookies = browser.logIn("ga.handler", Caller.DEMO_PASSWORD).expect(204).response().headers()
        .allValues("Set-Cookie");
    assertThat(cookies).anyMatch(c -> c.startsWith("__Host-closedloop-session=") && c.contains("Secure"));
  }

  @Test
  void aSessionOlderThanTwelveHoursIsOver() {
    var browser = loggedIn("zj.handler");
    browser.get("/api/me").expect(200);
    database.sql("update spring_session set creation_time = creation_time - 12 * 3600 * 1000 where principal_name = ?")
        .param("zj.handler").update();
    browser.get("/api/me").expect(401);
  }

  @Test
  void administratorsHaveOneSessionAtATime() {
    var first = loggedIn("admin");
    var second = loggedIn("admin");
    first.get("/api/me").expect(401);
    second.get("/api/me").expect(200);
    assertThat(database.sql("select max_inactive_interval from spring_session where principal_name = 'admin'")
        .query(Integer.class).single()).isEqualTo(600);
  }

  @Test
  void everyRouteThatChangesSomethingRefusesASessionWithoutTheToken() {
    var browser = loggedIn("jt.handler");
    var tried = new java.util.ArrayList<String>();
    requestMappingHandlerMapping.getHandlerMethods().keySet().forEach(route -> route.getMethodsCondition().getMethods()
        .stream().filter(m -> !java.util.Set.of("GET", "HEAD", "OPTIONS", "TRACE").contains(m.name()))
        .forEach(method -> route.getPatternValues().stream().filter(p -> !p.startsWith("/api/public/"))
            .forEach(pattern -> {
              String path = pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x");
              var answer = browser.withoutToken(method.name(), path);
              assertThat(answer.status()).as(method + " " + pattern).isEqualTo(403);
              assertThat(answer.json().path("type").asText()).isEqualTo("urn:closedloop:csrf");
              tried.add(method + " " + pattern);
            })));
    assertThat(tried).hasSizeGreaterThan(4);
    browser.withoutToken("POST", "/login").expect(403);
    browser.withoutToken("POST", "/logout").expect(403);
    browser.get("/api/me").expect(200);
  }

  @Test
  void aClosedAccountIsOutAtOnceWithBasicAndWithASession() {
    String username = newOfficial("140929-sl");
    var browser = loggedIn(username, PASSWORD);
    anybody().as(username, PASSWORD).get("/api/me").expect(200);
    roster.keepOfficials(java.util.List.of(person(username, "140929-sl", false)), false);
    anybody().as(username, PASSWORD).get("/api/me").expect(401);
    browser.get("/api/me").expect(401);
  }

  @Test
  void aChangedPasswordEndsTheOldOneAtOnceEverywhere() {
    String username = newOfficial("140929-sl");
    var browser = loggedIn(username, PASSWORD);
    anybody().as(username, PASSWORD).get("/api/me").expect(200);
    browser.post("/api/me/password", Map.of("current", PASSWORD, "wanted", "eight noisy herons")).expect(204);
    anybody().as(username, PASSWORD).get("/api/me").expect(401);
    anybody().as(username, "eight noisy herons").get("/api/me").expect(200);
    browser.get("/api/me").expect(401);
  }

  @Test
  void aPasswordGivenByTheAdministratorHasToBeChangedFirst() {
    String username = newOfficial("140929-sl");
    String given = anybody().as("admin").post("/api/officials/" + username + "/password", null).expect(200).json()
        .path("password").asText();
    var official = anybody().as(username, given);
    assertThat(official.get("/api/me").expect(200).json().path("mustChangePassword").asBoolean()).isTrue();
    assertThat(official.get("/api/officials").expect(403).json().path("type").asText())
        .isEqualTo("urn:closedloop:password-change-required");
    official.post("/api/me/password", Map.of("current", given, "wanted", PASSWORD)).expect(204);
    anybody().as(username, PASSWORD).get("/api/officials").expect(200);
  }

  @Test
  void anUnknownNameAWrongPasswordAndAClosedAccountGetTheSameAnswer() {
    String closed = newOfficial("140929-sl");
    roster.keepOfficials(java.util.List.of(person(closed, "140929-sl", false)), false);
    var unknown = anybody().as("nobody-" + UUID.randomUUID(), PASSWORD).get("/api/me").expect(401).text();
    assertThat(anybody().as("ga.handler", "wrong password").get("/api/me").expect(401).text()).isEqualTo(unknown);
    assertThat(anybody().as(closed, PASSWORD).get("/api/me").expect(401).text()).isEqualTo(unknown);
  }

  @Test
  void guessingFromOneAddressIsStoppedAndHurtsNobodyElse() {
    var guesses = IntStream.range(0, 200).mapToObj(i -> anybody().as("mz.handler", "guess " + i).get("/api/me"))
        .toList();
    assertThat(guesses).filteredOn(g -> g.status() == 429).hasSizeGreaterThanOrEqualTo(190);
    var refused = guesses.get(199);
    assertThat(refused.json().path("type").asText()).isEqualTo("urn:closedloop:too-many-attempts");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
    address = newAddress();
    anybody().as("mz.handler").get("/api/me").expect(200);
  }

  @Test
  void namesTriedOneAfterTheOtherFromOneAddressAreStoppedToo() {
    long let = IntStream.range(0, 60).mapToObj(i -> anybody().as("someone" + i, "closed-loop").get("/api/me"))
        .filter(a -> a.status() == 401).count();
    // the minute may turn while they are tried
    assertThat(let).isBetween(20L, 40L);
  }

  @Test
  void theFormCountsFailuresLikeBasic() {
    var browser = browser();
    browser.get("/");
    for (int i = 0; i < 5; i++) {
      browser.logIn("rs.handler", "wrong " + i).expect(401);
    }
    browser.logIn("rs.handler", Caller.DEMO_PASSWORD).expect(429);
    anybody().as("rs.handler").get("/api/me").expect(429);
    anybody().as("rs.handler2").get("/api/me").expect(200);
  }

  @Test
  void successesAreNotCounted() {
    for (int i = 0; i < 30; i++) {
      var browser = browser();
      browser.get("/");
      browser.logIn("jy.handler", Caller.DEMO_PASSWORD).expect(204);
    }
  }

  @Test
  void everyAnswerCarriesTheHeadersThatPagesNeed() {
    for (var path : new String[] {"/api/me", "/api/public/areas", "/swagger-ui/index.html"}) {
      var answer = anybody().get(path);
      assertThat(answer.header("Content-Security-Policy")).isEqualTo(AccessConfiguration.CONTENT_POLICY);
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    }
    assertThat(anybody().with("X-Forwarded-Proto", "https").get("/api/me").header("Strict-Transport-Security"))
        .isNotEmpty();
  }

  @Test
  void whatNoRuleOpensNeedsALogIn() {
    anybody().get("/modeler/version").expect(401);
    anybody().get("/actuator/env").expect(401);
    anybody().get("/actuator/health").expect(200);
    anybody().get("/v3/api-docs").expect(200);
  }

  private String newOfficial(String unit) {
    String username = "t" + UUID.randomUUID().toString().substring(0, 12);
    roster.keepOfficials(java.util.List.of(person(username, unit, true)), false);
    passwords.choose(username, PASSWORD, "password");
    return username;
  }

  private static Person person(String username, String unit, boolean enabled) {
    return new Person(username, "测试员", unit, java.util.List.of("handler"), null, enabled);
  }

  private long sessions(String username) {
    return database.sql("select count(*) from spring_session where principal_name = ?").param(username)
        .query(Long.class).single();
  }

  private Caller anybody() {
    return caller.with("X-Forwarded-For", address);
  }

  private Browser browser(String... header) {
    var from = anybody();
    return new Browser(header.length == 0 ? from : from.with(header[0], header[1]));
  }

  private Browser loggedIn(String username) {
    return loggedIn(username, Caller.DEMO_PASSWORD);
  }

  private Browser loggedIn(String username, String password) {
    var browser = browser();
    browser.get("/");
    browser.logIn(username, password).expect(204);
    return browser;
  }

  private static String newAddress() {
    var random = java.util.concurrent.ThreadLocalRandom.current();
    return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
  }
}
