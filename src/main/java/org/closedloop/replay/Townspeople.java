package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What reporters do: report, supplement, rate, ask to reopen. Everything by the public API and the tracking code. */
final class Townspeople {

  private static final int TITLE = 200;
  private static final int TEXT = 20_000;

  private final Api api;
  private final Rules rules;
  private final List<String> townships = new ArrayList<>();

  Townspeople(Api api, Rules rules) {
    this.api = api;
    this.rules = rules;
    for (JsonNode area : api.mustGet(null, "/api/public/areas")) {
      if (area.get("level").asText().equalsIgnoreCase("township")) {
        townships.add(area.get("code").asText());
      }
    }
  }

  /** Where the matter lies. The messages come from elsewhere: their checksum says which township. */
  String township(Message m) {
    return rules.one(m.repeatOf() == null ? m : first(m), "area", townships);
  }

  private static Message first(Message m) {
    return new Message(m.repeatOf(), m.sender(), m.subject(), m.sentAt(), m.body(), null);
  }

  /** Sent again under the same key it answers as before. */
  StateFile.Filed report(Message m) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", cut(m.subject().isEmpty() ? m.body() : m.subject(), TITLE));
    body.put("description", cut(m.body(), TEXT));
    body.put("reporter", Map.of("name", m.sender()));
    if (m.sentAt() != null) {
      body.put("occurredAt", m.sentAt().toString());
    }
    JsonNode receipt = api.mustPost(null, "/api/public/reports", body, "replay-" + m.id());
    return new StateFile.Filed(receipt.get("number").asText(), receipt.get("trackingCode").asText());
  }

  Api.Answer supplement(StateFile.Filed filed) {
    return api.post(null, "/api/public/reports/" + filed.number() + "/supplement",
        Map.of("code", filed.code(), "text", "地点就在反映内容所说的地方，时间是最近一周，请联系我核实。"), null);
  }

  Api.Answer rate(Message m, StateFile.Filed filed) {
    int satisfaction = rules.satisfaction(m);
    return api.post(null, "/api/public/reports/" + filed.number() + "/rating",
        Map.of("code", filed.code(), "satisfaction", satisfaction, "solved", satisfaction > 2), null);
  }

  Api.Answer reopen(StateFile.Filed filed) {
    return api.post(null, "/api/public/reports/" + filed.number() + "/reopen",
        Map.of("code", filed.code(), "reason", "问题没有真正解决，请重新办理。"), null);
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
