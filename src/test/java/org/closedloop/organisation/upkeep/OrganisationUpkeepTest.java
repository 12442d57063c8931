package org.closedloop.organisation.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.LiveApp;
import org.closedloop.organisation.Organisation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The organisation over HTTP: lists within sight, changes by administrators, CSV in and out. */
@LiveApp
@ExtendWith(OutputCaptureExtension.class)
class OrganisationUpkeepTest {

  @Autowired private Caller caller;
  @Autowired private Organisation organisation;

  @Test
  void everyListPagesThroughEverythingOnce() {
    var seen = new ArrayList<String>();
    String after = "";
    do {
      var page = caller.as("dispatcher1").get("/api/units?limit=40" + (after.isEmpty() ? "" : "&after=" + after))
          .expect(200).json();
      page.path("items").forEach(u -> seen.add(u.path("code").asText()));
      after = page.path("next").asText("");
    } while (!after.isEmpty() && !"null".equals(after));
    assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThan(120).isSorted();
    caller.as("dispatcher1").get("/api/units?limit=201").expect(422);
  }

  @Test
  void officialsSeeTheColleaguesOfTheirUnitAndBelowAndNoPhones() {
    assertThat(usernames("ga.handler")).contains("ga.handler", "ga.leader").allMatch(u -> u.startsWith("ga."));
    assertThat(usernames("140929100.handler")).contains("140929100-zf.handler", "140929100200.handler")
        .allMatch(u -> u.startsWith("140929100") || u.startsWith("t"));
    assertThat(usernames("dispatcher1")).contains("ga.handler", "admin");
    assertThat(usernames("admin")).contains("ga.handler", "14092910000101.handler");
    assertThat(caller.as("admin").get("/api/officials").expect(200).text()).doesNotContain("phone");
    caller.as("dispatcher1").get("/api/officials/ga.handler").expect(403);
    caller.as("admin").get("/api/officials/ga.handler").expect(200);
  }

  @Test
  void thePublicSeesAreasAndTheDemoAccountsAndNoPeopleElsewhere() {
    var area = caller.get("/api/public/areas").expect(200).json().get(0);
    assertThat(area.path("code").asText()).isEqualTo("140929");
    var account = StreamSupport.stream(caller.get("/api/public/demo-accounts").expect(200).json().spliterator(), false)
        .filter(a -> a.path("username").asText().equals("ga.handler")).findFirst().orElseThrow();
    assertThat(account.path("password").asText()).isEqualTo(Caller.DEMO_PASSWORD);
    assertThat(account.path("unit").path("kind").asText()).isEqualTo("department");
    assertThat(account.path("posts").get(0).asText()).isEqualTo("handler");
    caller.get("/api/officials").expect(401);
  }

  @Test
  void anAdministratorAddsAUnitAndAPersonWhoLogsInWithTheGivenPassword() {
    String code = "t" + UUID.randomUUID().toString().substring(0, 8);
    var admin = caller.as("admin");
    admin.put("/api/units/" + code, Map.of("name", "测试单位", "kind", "department", "parent", "140929-cc")).expect(201);
    admin.put("/api/units/" + code, Map.of("name", "测试单位二", "kind", "department", "parent", "140929-cc")).expect(200);
    assertThat(organisation.unit(code).orElseThrow().name()).isEqualTo("测试单位二");
    admin.put("/api/officials/" + code, Map.of("name", "测试员", "unit", code, "posts", List.of("handler"), "phone",
        "0350-1234567")).expect(201);
    admin.post("/api/officials/" + code + "/password", Map.of("password", "a heron by the river")).expect(200);
    caller.as(code, "a heron by the river").get("/api/me").expect(200);
  }

  @Test
  void onlyAdministratorsChangeAnything() {
    for (var other : List.of("dispatcher1", "dutyleader", "countyleader", "supervisor", "designer", "ga.leader")) {
      var official = caller.as(other);
      official.put("/api/units/140929-ga", Map.of("name", "x", "kind", "department")).expect(403);
      official.put("/api/officials/ga.handler", Map.of("name", "x", "unit", "140929-ga")).expect(403);
      official.post("/api/officials/ga.handler/password", Map.of("password", "a heron by the river")).expect(403);
      importAs(other, "areas", "code,name,level,parent\n").expect(403);
      official.get("/api/organisation/export?kind=officials").expect(403);
    }
  }

  @Test
  void badValuesAreNamedByFieldAndNothingChanges() {
    var admin = caller.as("admin");
    assertThat(fields(admin.put("/api/units/t-bad", Map.of("name", "=HYPERLINK()", "kind", "castle", "parent", "none",
        "area", "none")).expect(422))).containsExactlyInAnyOrder("name", "kind", "parent", "area");
    assertThat(fields(admin.put("/api/units/140929-ga", Map.of("name", "公安局", "kind", "township", "area", "140929",
        "parent", "140929-ga")).expect(422))).containsExactlyInAnyOrder("kind", "parent");
    assertThat(fields(admin.put("/api/officials/Bad%20Name", Map.of("name", "", "unit", "none", "posts",
        List.of("king"), "phone", "call me")).expect(422)))
        .containsExactlyInAnyOrder("username", "name", "unit", "posts", "phone");
    assertThat(organisation.unit("t-bad")).isEmpty();
    admin.put("/api/officials/x", "{\"name\": 5}").expect(422);
    admin.put("/api/officials/xx", "{\"name\": \"x\", \"unit\": \"140929-ga\", \"posts\": [null]}").expect(422);
    admin.post("/api/officials/nobody-here/password", Map.of("password", "a heron by the river")).expect(404);
  }

  @Test
  void theLastAdministratorCannotBeClosed() {
    var admins = organisation.officials().stream().filter(o -> organisation.enabled(o.username())
        && o.posts().contains(org.closedloop.organisation.Post.ADMINISTRATOR)).toList();
    assertThat(admins).hasSize(1);
    var answer = caller.as("admin").put("/api/officials/admin", Map.of("name", admins.get(0).name(), "unit",
        "140929-cc", "posts", List.of("designer")));
    assertThat(answer.expect(409).json().path("type").asText()).isEqualTo("urn:closedloop:last-administrator");
    caller.as("admin").get("/api/officials/admin").expect(200);
  }

  @Test
  void anImportWithErrorsSaysEveryOneByRowAndChangesNothing() {
    String file = """
        code,name,level,parent
        140929100,岚漪镇,township,140929
        140929999,测试乡,township,140929
        14092999920x,测试村,village,140929999
        140929999201,测试村,hamlet,140929999
        140929999202,测试村,village,140929998
        140929999,再来一次,township,140929
        """;
    var answer = importAs("admin", "areas", file).expect(422);
    assertThat(fields(answer)).containsExactlyInAnyOrder("rows[4].code", "rows[5].level", "rows[6].parent",
        "rows[7].code");
    assertThat(organisation.area("140929999")).isEmpty();
    assertThat(fields(importAs("admin", "areas", "code,title\n1,2\n").expect(422))).containsExactly("file");
    importAs("admin", "castles", file).expect(422);
  }

  @Test
  void aDryRunCountsAndWritesNothingAndTheImportDoesWhatItCounted() {
    String unit = "t" + UUID.randomUUID().toString().substring(0, 8);
    String file = "code,name,kind,parent,area\n140929-ga,岢岚县公安局,department,140929-cc,140929\n"
        + unit + ",测试队,enforcement-team,140929100,140929100\n";
    for (boolean dryRun : new boolean[] {true, false}) {
      var done = caller.as("admin").send("POST", "/api/organisation/import?kind=units&dryRun=" + dryRun,
          BodyPublishers.ofString(file), "text/csv").expect(200).json();
      assertThat(done.path("created").asInt()).isEqualTo(1);
      assertThat(done.path("unchanged").asInt()).isEqualTo(1);
      assertThat(organisation.unit(unit).isPresent()).isEqualTo(!dryRun);
    }
  }

  @Test
  void whatIsExportedCanBeImportedUnchanged() {
    for (var kind : List.of("areas", "units", "officials")) {
      var exported = caller.as("admin").get("/api/organisation/export?kind=" + kind).expect(200);
      assertThat(exported.header("Content-Disposition")).contains(kind + ".csv");
      assertThat(exported.text()).doesNotContain("argon2");
      var done = importAs("admin", kind, exported.text()).expect(200).json();
      assertThat(done.path("created").asInt()).isZero();
      assertThat(done.path("changed").asInt()).isZero();
      assertThat(done.path("unchanged").asInt()).isGreaterThan(90);
    }
  }

  @Test
  void aFileMayBeUploadedFromAForm() {
    String boundary = "----boundary";
    String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\ncode,name,level,parent\n140929,岢岚县,county,\n\r\n--" + boundary + "--\r\n";
    var done = caller.as("admin").send("POST", "/api/organisation/import?kind=areas", BodyPublishers.ofString(body),
        "multipart/form-data; boundary=" + boundary).expect(200).json();
    assertThat(done.path("unchanged").asInt()).isEqualTo(1);
  }

  @Test
  void nothingOfPeopleGetsIntoTheLog(CapturedOutput log) {
    String username = "t" + UUID.randomUUID().toString().substring(0, 8);
    var admin = caller.as("admin");
    importAs("admin", "officials", "username,name,unit,posts,phone\n" + username + ",欧阳某某,140929-wl,handler,13800138000\n")
        .expect(200);
    importAs("admin", "officials", "username,name,unit,posts,phone\n" + username + ",欧阳某某,none,\"handler,13800138000\n")
        .expect(422);
    admin.put("/api/officials/" + username, "{\"name\": \"欧阳某某\", \"phone\": 13800138000}").expect(422);
    admin.post("/api/officials/" + username + "/password", Map.of("password", "a heron by the river")).expect(200);
    caller.as(username, "a heron by the lake").get("/api/me").expect(401);
    assertThat(log.getAll()).doesNotContain("欧阳某某", "13800138000", "heron", username);
  }

  private List<String> usernames(String as) {
    var answer = caller.as(as).get("/api/officials?limit=200").expect(200).json();
    var found = new ArrayList<String>();
    answer.path("items").forEach(o -> found.add(o.path("username").asText()));
    return found;
  }

  private Answer importAs(String username, String kind, String file) {
    return caller.as(username).send("POST", "/api/organisation/import?kind=" + kind, BodyPublishers.ofString(file),
        "text/csv");
  }

  private static List<String> fields(Answer answer) {
    return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
        .map((JsonNode e) -> e.path("field").asText()).toList();
  }
}
