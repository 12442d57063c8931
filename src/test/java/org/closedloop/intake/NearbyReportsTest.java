package org.closedloop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What others reported nearby is offered to whoever is about to report the same, and gives nothing away about them. */
@LiveApp
class NearbyReportsTest {

  private static final String LAMP = "030503";
  /** Places of their own, so that no other test's case lies there. */
  private static final double LNG = 111.9001;
  private static final double LAT = 38.9001;

  @Autowired Caller caller;

  @Test
  void whoMetWithTheSameJoinsTheOlderReportAndFollowsItForThemselves() {
    String secret = "王二麻子" + UUID.randomUUID();
    String older = report(secret, LAMP, LNG, LAT);
    var answer = nearby(LAMP, LNG + 0.0005, LAT);
    JsonNode found = answer.json().path("items").get(0);
    assertThat(answer.text()).doesNotContain(secret, older, "王五", "13900002222");
    assertThat(found.path("within").asInt()).isBetween(100, 200);

    Map<String, Object> meToo = Map.of("ref", found.path("ref").asText(), "text", "晚上看不见路",
        "reporter", Map.of("phone", "13900003333"));
    Caller once = caller.with("Idempotency-Key", UUID.randomUUID().toString());
    JsonNode own = once.post("/api/public/reports/me-too", meToo).expect(201).json();
    assertThat(once.post("/api/public/reports/me-too", meToo).expect(201).json()).as("sent twice").isEqualTo(own);
    assertThat(nearby(LAMP, LNG, LAT).json().path("items").get(0).path("others").asInt()).isEqualTo(1);

    var followed = caller.get("/api/public/reports/" + own.path("number").asText() + "?code="
        + own.path("trackingCode").asText()).expect(200);
    assertThat(followed.json().path("following").asText()).isEqualTo(older);
    assertThat(followed.json().path("ended").asBoolean()).isFalse();
    assertThat(followed.text()).doesNotContain(secret);
    assertThat(caller.as("dispatcher1").get("/api/cases/" + older).json().path("links").toString())
        .contains(own.path("number").asText());
  }

  @Test
  void matterBetweenPeopleAndThingsFarAwayAreNotShown() {
    report("工地拖欠工资", "110101", LNG + 0.1, LAT);
    assertThat(nearby("110101", LNG + 0.1, LAT).json().path("items")).isEmpty();
    report("路灯坏了", LAMP, LNG + 0.2, LAT);
    assertThat(nearby(LAMP, LNG + 0.2, LAT).json().path("items")).hasSize(1);
    assertThat(nearby(LAMP, LNG + 0.21, LAT).json().path("items")).as("900 metres away").isEmpty();
    assertThat(nearby("010101", LNG + 0.2, LAT).json().path("items")).as("of another kind").isEmpty();
  }

  @Test
  void aReportIsHelpedBeforeItIsFiled() {
    String title = "幸福路口路灯不亮" + UUID.randomUUID().toString().substring(0, 8);
    String number = report(title, LAMP, LNG, LAT + 0.1);
    JsonNode help = caller.as("dispatcher1").post("/api/cases/help", Map.of("title", title, "category", LAMP,
        "area", "140929100")).expect(200).json();
    assertThat(help.path("similar").findValuesAsText("number")).contains(number);
    // a node that has just started has learnt nothing yet
    Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(caller.as("dispatcher1")
        .post("/api/cases/help", Map.of("title", title)).expect(200).json().at("/proposals/categories")).isNotEmpty());
    assertThat(caller.as("sl.handler").post("/api/cases/help", Map.of("title", title)).expect(200).json()
        .path("similar")).as("of what the asker may see").isEmpty();
    caller.as("admin").post("/api/cases/help", Map.of("title", title)).expect(403);
  }

  private Caller.Answer nearby(String category, double lng, double lat) {
    return caller.post("/api/public/nearby", Map.of("category", category, "location", Map.of("lng", lng, "lat", lat)))
        .expect(200);
  }

  private String report(String title, String category, double lng, double lat) {
    return caller.post("/api/public/reports", Map.of("title", title, "description", title, "category", category,
        "area", "140929101", "location", Map.of("lng", lng, "lat", lat),
        "reporter", Map.of("name", "王五", "phone", "13900002222"))).expect(201).json().path("number").asText();
  }
}
