package org.closedloop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.closedloop.database.Launched;
import org.closedloop.database.TestDatabaseFolder;
import org.junit.jupiter.api.Test;

/** Four answered messages of 2019 played on a server of their own, whose clock begins there. */
class HistoryTest {

  private static final Path FILE = Path.of("src", "test", "resources", "answered.csv");

  @Test
  void lightsAndAlertsComeOutAsTheyWouldHave() throws Exception {
    Path data = TestDatabaseFolder.fresh();
    try (Launched server = Launched.with(Map.of("CLOSEDLOOP_DATA", data.toString(),
        "CLOSEDLOOP_DEMO_CLOCK", "2019-03-04T08:00:00+08:00")).untilUp()) {
      History history = new History(new History.Options(FILE, "http://localhost:" + server.port(),
          LocalDate.EPOCH, 10, null),
          new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));
      String table = history.run().text();
      assertThat(history.epilogue()).doesNotContain("failed:");
      // month, reported, closed, on time, overdue, suspended: the ladder's columns follow
      assertThat(table).contains("| 2019-03 | 4 | 3 | 3 | 0 | 0 |").contains("| 2019-04 | 0 | 1 | 0 | 1 | 0 |")
          .contains("| **all** | 4 | 4 | 3 | 1 | 0 |");
      assertThat(table).doesNotContain("still open");
    }
  }
}
