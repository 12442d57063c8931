package org.closedloop.notice.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LiveApp
class ContactTest {

  private static final String WHO = "jy.handler";

  @Autowired private Caller caller;

  @Test
  void anAddressAndQuietHoursAreKeptAndForgotten() {
    JsonNode kept = caller.as(WHO).put("/api/me/contact", Map.of("email", "jy.handler@example.gov.cn",
        "quietFrom", "20:00", "quietTo", "08:00", "quietDaysOff", false)).expect(200).json();
    assertThat(kept.path("email").asText()).isEqualTo("jy.handler@example.gov.cn");
    JsonNode read = caller.as(WHO).get("/api/me/contact").expect(200).json();
    assertThat(read).isEqualTo(kept);
    assertThat(read.path("effective").path("from").asText()).startsWith("20:00");
    assertThat(caller.as("jy.handler2").get("/api/me/contact").expect(200).json().path("email").isNull()).isTrue();

    caller.as(WHO).put("/api/me/contact", Map.of()).expect(200);
    JsonNode none = caller.as(WHO).get("/api/me/contact").expect(200).json();
    assertThat(none.path("email").isNull()).isTrue();
    assertThat(none.path("effective").path("from").asText()).startsWith("22:00");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String email : List.of("x", "x@", "@example.org", "a b@example.org", "a@example",
        "a@example.org,b@example.org", "a@example.org\r\nRCPT TO:<b@example.org>", "\"a\"@example.org",
        "<a@example.org>", "a@[127.0.0.1]", ".a@example.org", "a@-x.org", "a".repeat(65) + "@example.org",
        "a@" + "b.".repeat(120) + "org", "李@example.org")) {
      JsonNode problem = caller.as(WHO).put("/api/me/contact", Map.of("email", email)).expect(422).json();
      assertThat(problem.path("errors").get(0).path("field").asText()).as(email).isEqualTo("email");
    }
    caller.as(WHO).put("/api/me/contact", Map.of("webhook", "nobody-configured-it")).expect(422);
    caller.as(WHO).put("/api/me/contact", Map.of("quietFrom", "20:00")).expect(422);
    caller.as(WHO).put("/api/me/contact", Map.of("quietFrom", "later", "quietTo", "08:00")).expect(422);
    caller.as(WHO).put("/api/me/contact", Map.of("username", "admin", "email", "a@example.org")).expect(422);
    caller.get("/api/me/contact").expect(401);
  }
}
