package org.closedloop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages go through the whole loop over HTTP; what the replay says about it is what the database says. */
@LiveApp
class ReplayTest {

  /** Real messages, where the checkout has them beside it. */
  private static final Path REAL = Path.of("..", "shared", "data", "citizen-messages.csv");
  private static final Path INVENTED = Path.of("src", "test", "resources", "messages.csv");
  private static final int MESSAGES = Integer.getInteger("closedloop.test.messages", 200);

  @Autowired
  Caller caller;
  @Autowired
  JdbcTemplate sql;
  @TempDir
  Path folder;

  private Replay replay(String state, int limit) throws Exception {
    return new Replay(new Replay.Options(Files.exists(REAL) ? REAL : INVENTED, caller.base(), limit, null,
        folder.resolve(state), 4, null), new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void everyMessageEndsAndTheSummaryIsTrue() throws Exception {
    Summary summary = replay("state", MESSAGES).run();
    assertThat(summary.failures()).isEmpty();
    assertThat(summary.complete()).isTrue();
    List<String> numbers = Files.readAllLines(folder.resolve("state")).stream().filter(l -> l.startsWith("filed,"))
        .map(l -> l.split(",")[2]).toList();
    assertThat(numbers).hasSize(summary.messages()).doesNotHaveDuplicates();
    assertThat(count("case_file", "open", numbers)).isZero();
    for (String stage : List.of("closed", "refused", "merged", "withdrawn")) {
      assertThat(summary.ended(stage)).as(stage).isEqualTo(count("case_file", "stage = '" + stage + "'", numbers));
    }
    assertThat(summary.sum(Outcome::returned)).isEqualTo(milestones("returned", numbers));
    assertThat(summary.sum(Outcome::ruled)).isEqualTo(milestones("ruled", numbers));
    assertThat(summary.sum(Outcome::extended)).isEqualTo(milestones("extended", numbers));
    assertThat(summary.sum(Outcome::suspended)).isEqualTo(milestones("suspended", numbers));
    assertThat(summary.sum(Outcome::reworked)).isEqualTo(milestones("reworked", numbers));
    assertThat(summary.sum(Outcome::asked)).isEqualTo(milestones("supplement_asked", numbers));
    assertThat(summary.sum(Outcome::reopened)).isEqualTo(milestones("reopened", numbers));
    assertThat(summary.count(o -> o.satisfied() > 0))
        .isEqualTo(count("case_file", "satisfaction is not null", numbers));
    assertThat(summary.count(Outcome::solved)).isEqualTo(count("case_file", "solved", numbers));

    Summary again = replay("state", MESSAGES).run();
    assertThat(again.reported()).as("what is in the state file is not sent again").isZero();
    assertThat(again.outcomes()).isEqualTo(summary.outcomes());
    Summary withoutState = replay("another state", 5).run();
    assertThat(withoutState.complete()).isTrue();
    assertThat(Files.readAllLines(folder.resolve("another state")).stream().filter(l -> l.startsWith("filed,")))
        .as("keys make sure that no report becomes two cases")
        .isSubsetOf(Files.readAllLines(folder.resolve("state")));
  }

  private int milestones(String key, List<String> numbers) {
    return sql.queryForObject("select count(*) from milestone where replace(key, '-', '_') = ? and case_number = any (?)",
        Integer.class, key, numbers.toArray(String[]::new));
  }

  private long count(String table, String which, List<String> numbers) {
    return sql.queryForObject("select count(*) from " + table + " where " + which + " and number = any (?)",
        Long.class, (Object) numbers.toArray(String[]::new));
  }
}
