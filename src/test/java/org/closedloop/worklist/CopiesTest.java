package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** 抄送: a unit that only needs to know. */
@LiveApp
class CopiesTest {

  @Autowired Caller caller;
  @Autowired JdbcTemplate sql;

  @Test
  void aUnitThatIsSentACopySeesTheCaseAndIsToldAndHasNothingToDo() {
    String number = caller.as("dispatcher1").post("/api/cases", Map.of("channel", "12345", "title", "路灯不亮",
        "category", "0101", "area", "140929101")).expect(201).json().path("number").asText();
    String path = "/api/cases/" + number;
    caller.as("yj.handler").get(path).expect(404);

    caller.as("dispatcher1").post(path + "/actions/copy",
        Map.of("answers", Map.of("copiedTo", List.of("140929-yj", "140929-ga"), "copyNote", "请关注"))).expect(200);

    assertThat(caller.as("yj.handler").get(path).expect(200).json().path("openItems")).noneMatch(
        i -> i.path("unit").asText().equals("140929-yj"));
    assertThat(caller.as("ga.handler").get(path).status()).isEqualTo(200);
    assertThat(sql.queryForList("select unit from outbox where topic = 'copied' and case_number = ? order by unit",
        String.class, number)).containsExactly("140929-ga", "140929-yj");
  }
}
