package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LiveApp
class JobIncidentsTest {

  @Autowired private HistoryService history;
  @Autowired private ManagementService management;
  @Autowired private RuntimeService running;
  @Autowired private Caller caller;

  @Test
  void administratorsAreToldOfAJobThatIsTriedNoMore() {
    // the clean-up's job stands for any: it is always there and belongs to no case
    String job = history.findHistoryCleanupJobs().get(0).getId();
    management.setJobRetries(job, 0);
    try {
      assertThat(running.createIncidentQuery().configuration(job).count()).isEqualTo(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> caller.as("admin").get("/api/notices?unread=true").expect(200)
          .json().path("items").findValuesAsText("text").stream().anyMatch(t -> t.contains(job)));
    } finally {
      management.setJobRetries(job, 3);
    }
    assertThat(running.createIncidentQuery().configuration(job).count()).isZero();
  }
}
