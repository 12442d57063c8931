package org.closedloop.web.access;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL.PostgreSQLSelectForUpdateBasedProxyManagerBuilder;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How often somebody may try, counted in the database so that all nodes share the count. Keys are hashed: the table
 * tells nobody who tried what from where. Time is the system's, never the demo clock's.
 */
@Component
class AttemptLimits {

  private static final int PER_ACCOUNT = 5;
  private static final Duration ACCOUNT_PERIOD = Duration.ofMinutes(15);
  private static final int PER_ADDRESS = 20;
  private static final Duration ADDRESS_PERIOD = Duration.ofMinutes(1);
  /** Whoever keeps guessing names from one place waits longer than a minute between handfuls. */
  private static final int PER_ADDRESS_LONG = 100;
  private static final Duration ADDRESS_LONG_PERIOD = Duration.ofHours(1);

  private final ProxyManager<String> buckets;
  private final ExpiredEntriesCleaner cleaner;
  private final BucketConfiguration account;
  private final BucketConfiguration address;
  private final BucketConfiguration reporter;

  AttemptLimits(DataSource database, @Value("${closedloop.public-limit}") Integer publicLimit,
      @Value("${closedloop.demo}") boolean demo) {
    PostgreSQLSelectForUpdateBasedProxyManager<String> manager =
        new PostgreSQLSelectForUpdateBasedProxyManagerBuilder<>(database, PrimaryKeyMapper.STRING)
            .table("attempt_bucket").idColumn("id").stateColumn("state").expiresAtColumn("expires_at")
            .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
            .build();
    this.buckets = manager;
    this.cleaner = manager;
    this.account = config(limit(PER_ACCOUNT, ACCOUNT_PERIOD));
    this.address = config(limit(PER_ADDRESS, ADDRESS_PERIOD), limit(PER_ADDRESS_LONG, ADDRESS_LONG_PERIOD));
    // whoever tries the demo replays thousands of reports from one place
    int perMinute = publicLimit != null ? publicLimit : demo ? 6000 : 30;
    this.reporter = config(limit(perMinute, Duration.ofMinutes(1)));
  }

  /** One attempt at this account from this address; nothing is counted yet. */
  LogInAttempt logIn(String username, String address) {
    return new LogInAttempt(
        buckets.builder().build(key("log-in", username, network(address)), () -> account),
        buckets.builder().build(key("log-in", network(address)), () -> this.address));
  }

  /**
   * Counts one call of a reporter.
   *
   * @throws TooManyAttempts when this address has used up its calls
   */
  void countReporter(String address) {
    take(buckets.builder().build(key("reporter", network(address)), () -> reporter));
  }

  /**
   * Counts one suggestion asked for by a reporter.
   *
   * @throws TooManyAttempts when this address has used up its questions
   */
  void countSuggestion(String address) {
    take(buckets.builder().build(key("suggestion", network(address)), () -> reporter));
  }

  /** Buckets that are full again say nothing. */
  @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
  void forgetFullBuckets() {
    while (cleaner.removeExpired(1000) == 1000) {
      // the next thousand
    }
  }

  /** One attempt to log in: taken before the password is looked at, given back when it was right. */
  static final class LogInAttempt {

    private final BucketProxy account;
    private final BucketProxy address;

    LogInAttempt(BucketProxy account, BucketProxy address) {
      this.account = account;
      this.address = address;
    }

    /**
     * Counts it as failed until {@link #succeeded}: guesses made side by side are counted too. What is not even tried
     * is counted nowhere: one forgetful colleague does not shut out the office behind the same address.
     *
     * @throws TooManyAttempts when the account from this address, or the address, has none left
     */
    void begin() {
      take(account);
      try {
        take(address);
      } catch (TooManyAttempts refused) {
        account.addTokens(1);
        throw refused;
      }
    }

    void succeeded() {
      account.addTokens(1);
      address.addTokens(1);
    }
  }

  private static void take(BucketProxy bucket) {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new TooManyAttempts(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private static Bandwidth limit(int tokens, Duration period) {
    return Bandwidth.builder().capacity(tokens).refillIntervally(tokens, period).build();
  }

  private static BucketConfiguration config(Bandwidth... limits) {
    var builder = BucketConfiguration.builder();
    Arrays.stream(limits).forEach(builder::addLimit);
    return builder.build();
  }

  /** One household or office has a whole /64 of IPv6: it counts as one address. */
  static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 4 ? HexFormat.of().formatHex(bytes) : HexFormat.of().formatHex(bytes, 0, 8);
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static String key(String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
