package org.closedloop.database;

import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the tables could not be brought up to date: a foreign database, a newer one, a migration that fails. */
class MigrationRefusedAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, FlywayException cause) {
    return new FailureAnalysis(
        "数据库表结构无法升级到当前版本。\nThe tables cannot be brought up to date: " + cause.getMessage(),
        "请确认 DATABASE_URL 指向本产品专用的库，且程序不比数据库旧；处理前先备份。\n"
            + "Make sure that DATABASE_URL names a database of this product only and that this version is not older than "
            + "the database. Make a backup before you change anything.",
        cause);
  }
}
