package org.closedloop.notice.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.notice.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test tells one official whom no other test tells anything. */
@LiveApp
class InboxTest {

  private static final String WHO = "140929101201.handler";
  private static final String UNIT = "140929101201";

  @Autowired private Caller caller;
  @Autowired private Outbox outbox;
  @Autowired private JdbcClient database;
  @Autowired private TransactionTemplate transaction;

  private final String key = "test/" + UUID.randomUUID() + "/";

  @BeforeEach
  void emptied() {
    database.sql("delete from notice where recipient = ?").param(WHO).update();
  }

  @Test
  void whatIsCommittedArrivesInTheInboxInTheReadersLanguage() {
    tell(1);

    JsonNode zh = mine().get(0);
    assertThat(zh.path("title").asText()).isEqualTo("K0 催办");
    assertThat(zh.path("text").asText()).contains("“现场处置”").contains("两天内办完").contains("五里水村");
    assertThat(zh.path("case").asText()).isEqualTo("K0");
    assertThat(zh.path("readAt").isNull()).isTrue();
    JsonNode en = caller.as(WHO).with("Accept-Language", "en").get("/api/notices").expect(200).json().path("items")
        .get(0);
    assertThat(en.path("title").asText()).isEqualTo("K0: please hurry");
    assertThat(en.path("text").asText()).contains("“handle on the spot”");
  }

  @Test
  void readingOneMarksItAndCountsDown() {
    tell(2);
    long id = mine().get(0).path("id").asLong();

    JsonNode read = caller.as(WHO).post("/api/notices/" + id + "/read", null).expect(200).json();

    assertThat(read.path("readAt").isNull()).isFalse();
    assertThat(unread()).isEqualTo(1);
    assertThat(caller.as(WHO).get("/api/notices?unread=true").json().path("items")).hasSize(1);
    caller.as(WHO).post("/api/notices/" + id + "/read", null).expect(200);
  }

  @Test
  void somebodyElsesNoticeDoesNotExist() {
    tell(1);
    long id = mine().get(0).path("id").asLong();

    caller.as("sl.handler").post("/api/notices/" + id + "/read", null).expect(404);
    caller.as("admin").post("/api/notices/" + id + "/read", null).expect(404);
    assertThat(caller.as("sl.handler").post("/api/notices/read", Map.of("ids", List.of(id))).expect(200).json()
        .path("read").asInt()).isZero();
    assertThat(unread()).isEqualTo(1);
  }

  @Test
  void allAreReadUpToTheOneThePageShowed() {
    tell(3);
    JsonNode items = mine();

    JsonNode done = caller.as(WHO).post("/api/notices/read",
        Map.of("all", true, "upTo", items.get(1).path("id").asLong())).expect(200).json();

    assertThat(done.path("read").asInt()).isEqualTo(2);
    assertThat(done.path("counts").path("unread").asInt()).isEqualTo(1);
    caller.as(WHO).post("/api/notices/read", Map.of("all", true)).expect(200);
    assertThat(unread()).isZero();
  }

  @Test
  void theInboxPagesFromTheNewestToTheOldest() {
    tell(5);
    JsonNode first = caller.as(WHO).get("/api/notices?limit=2").expect(200).json();
    JsonNode second = caller.as(WHO).get("/api/notices?limit=3&after=" + first.path("next").asText()).expect(200)
        .json();

    assertThat(List.of(first, second))
        .allSatisfy(p -> assertThat(p.path("counts").path("unread").asInt()).isEqualTo(5));
    assertThat(first.path("items")).hasSize(2);
    assertThat(second.path("items")).hasSize(3);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(first.path("items").get(1).path("id").asLong()).isGreaterThan(
        second.path("items").get(0).path("id").asLong());
  }

  @Test
  void badRequestsAreAnsweredInWords() {
    for (Object body : List.of(Map.of(), Map.of("all", false), Map.of("all", true, "ids", List.of(1)),
        Map.of("ids", List.of("x")), "[]", "{\"ids\":[null]}")) {
      assertThat(caller.as(WHO).post("/api/notices/read", body).status()).as(body.toString()).isBetween(400, 422);
    }
    caller.as(WHO).get("/api/notices?after=%00").expect(422);
    caller.as(WHO).get("/api/notices?after=MjAyNi0wMS0wMVQwMDowMDowMFp8eA").expect(422);
    caller.as(WHO).get("/api/notices?limit=0").expect(422);
    caller.get("/api/notices").expect(401);
  }

  private void tell(int many) {
    transaction.executeWithoutResult(tx -> {
      for (int i = 0; i < many; i++) {
        outbox.add("urged", "K" + i, UNIT, WHO, Map.of("task", "现场处置", "taskEn", "handle on the spot", "note", "两天内办完"),
            key + i);
      }
    });
    await().atMost(Duration.ofSeconds(20)).until(() -> unread() == many);
  }

  private JsonNode mine() {
    return caller.as(WHO).get("/api/notices").expect(200).json().path("items");
  }

  private int unread() {
    return caller.as(WHO).get("/api/notices").expect(200).json().path("counts").path("unread").asInt();
  }
}
