package org.closedloop;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@LiveApp
class LiveAppTest {

  @Autowired DataSource dataSource;
  @Autowired Caller caller;

  @Test
  void theEmbeddedDatabaseIsDurableAndKnowsChinese() {
    JdbcTemplate sql = new JdbcTemplate(dataSource);
    assertThat(sql.queryForObject("show fsync", String.class)).isEqualTo("on");
    assertThat(sql.queryForObject("show synchronous_commit", String.class)).isEqualTo("on");
    assertThat(sql.queryForObject("show full_page_writes", String.class)).isEqualTo("on");
    assertThat(sql.queryForObject("show server_encoding", String.class)).isEqualTo("UTF8");
    assertThat(sql.queryForObject("select similarity('供暖', '修路')", Double.class)).isLessThan(1);
    assertThat(sql.queryForObject("select cardinality(show_trgm('供暖'))", Integer.class)).isPositive();
  }

  @Test
  void everyConnectionOfThePoolHasTimeLimits() {
    JdbcTemplate sql = new JdbcTemplate(dataSource);
    assertThat(sql.queryForObject("show statement_timeout", String.class)).isEqualTo("20s");
    assertThat(sql.queryForObject("show idle_in_transaction_session_timeout", String.class)).isEqualTo("20s");
    assertThat(sql.queryForObject("show lock_timeout", String.class)).isEqualTo("5s");
  }

  @Test
  void theApplicationAnswersOverHttp() {
    assertThat(caller.get("/actuator/health").status()).isIn(200, 401);
  }
}
