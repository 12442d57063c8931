package org.closedloop.once;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does a piece of work once per Idempotency-Key, and gives every repetition the first answer. The key is taken as the
 * first statement of the work's own transaction: a duplicate waits there until the first has committed (then it reads
 * the answer) or failed (then it does the work itself). There is no moment in which the work is done and not recorded.
 *
 * <p>Reporters without an account share the actor {@code public}, and the body decides as for everybody: the same key
 * with another body is refused, never answered. A stranger who happens on somebody's key therefore learns nothing; to
 * be given a tracking code again one has to send key and whole report exactly as its owner did, who is the only one to
 * know both. Making the body part of the identity instead would let one key file two reports, which is what the key is
 * there to prevent.
 */
@Service
public class Once {

  /** The actor of everybody who is not logged in. */
  public static final String PUBLIC = "public";
  /** The request header. */
  public static final String HEADER = "Idempotency-Key";
  /** Set to {@code true} on an answer that was given before. */
  public static final String REPLAYED = "Idempotency-Replayed";

  static final Duration KEPT = Duration.ofDays(7);
  private static final int LONGEST_KEY = 200;
  private static final int BATCH = 1_000;
  private static final int BATCHES = 50;

  private final OnceMapper answers;
  private final ObjectMapper json;
  private final TransactionTemplate transaction;

  Once(OnceMapper answers, ObjectMapper json, PlatformTransactionManager transactions) {
    this.answers = answers;
    this.json = json;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * @param key       the caller's Idempotency-Key; null: the work is simply done, in a transaction of its own
   * @param actor     username, or {@link #PUBLIC}
   * @param operation method and path; part of what must be the same
   * @param body      what was sent; compared as JSON, the order of keys does not matter; null when there is none
   * @param status    HTTP status of success
   * @param work      what to do; what it returns is the answer, as JSON; what it throws leaves nothing behind
   * @throws InvalidInput when the key is not 1 to 200 visible ASCII characters
   * @throws KeyReused    when the key belongs to another operation or body
   * @throws Conflict     when the first request with this key takes longer than a duplicate may wait
   */
  public <T> Answer answer(String key, String actor, String operation, Object body, int status, Supplier<T> work) {
    if (key == null) {
      return transaction.execute(tx -> new Answer(status, json.valueToTree(work.get()), false));
    }
    check(key);
    String hash = CanonicalJson.hash(json.valueToTree(body));
    return transaction.execute(tx -> {
      if (!take(key, actor, operation, hash)) {
        return replay(answers.find(actor, key), operation, hash);
      }
      JsonNode answer = json.valueToTree(work.get());
      answers.answered(actor, key, status, answer.toString());
      return new Answer(status, answer, false);
    });
  }

  /** For controllers: {@code return once.created(key, me.username(), request, body, () -> register.open(body));} */
  public <T> ResponseEntity<T> created(
      String key, String actor, HttpServletRequest request, Object body, Supplier<T> work) {
    return entity(answer(key, actor, operation(request), body, 201, work));
  }

  /** As {@link #created}, for work that creates nothing a caller could look up. */
  public <T> ResponseEntity<T> ok(String key, String actor, HttpServletRequest request, Object body, Supplier<T> work) {
    return entity(answer(key, actor, operation(request), body, 200, work));
  }

  /** Forgets what nobody will send again, a bounded number at a time. Real time: the demo's clock may jump. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
  void forget() {
    forget(Instant.now());
  }

  int forget(Instant now) {
    int forgotten = 0;
    for (int i = 0; i < BATCHES; i++) {
      int some = answers.forget(now.minus(KEPT), BATCH);
      forgotten += some;
      if (some < BATCH) {
        break;
      }
    }
    return forgotten;
  }

  private boolean take(String key, String actor, String operation, String hash) {
    try {
      return answers.take(actor, key, operation, hash, Instant.now()) == 1;
    } catch (CannotAcquireLockException | QueryTimeoutException e) {
      throw new Conflict("still-running", "同一请求仍在处理中，请过几秒再用相同的 Idempotency-Key 重发。",
          "The same request is still being worked on; send it again with the same Idempotency-Key in a few seconds.");
    }
  }

  private Answer replay(OnceMapper.Stored stored, String operation, String hash) {
    Objects.requireNonNull(stored, "a key that was taken has a row");
    if (!stored.operation().equals(operation) || !stored.bodyHash().equals(hash)) {
      throw new KeyReused();
    }
    try {
      return new Answer(stored.status(), json.readTree(stored.answer()), true);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored answer is no JSON", e);
    }
  }

  private static void check(String key) {
    boolean visible = key.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !visible) {
      throw InvalidInput.at(HEADER, "须为 1 至 " + LONGEST_KEY + " 个可见 ASCII 字符，建议用 UUID",
          "must be 1 to " + LONGEST_KEY + " visible ASCII characters; use a UUID");
    }
  }

  private static String operation(HttpServletRequest request) {
    return request.getMethod() + " " + request.getRequestURI();
  }

  /**
   * The first answer is written from the same JSON as its repetitions, so that they are equal to the byte. The declared
   * type is what API documentation shows.
   */
  @SuppressWarnings("unchecked")
  private static <T> ResponseEntity<T> entity(Answer answer) {
    ResponseEntity.BodyBuilder entity = ResponseEntity.status(answer.status());
    if (answer.replayed()) {
      entity.header(REPLAYED, "true");
    }
    return (ResponseEntity<T>) entity.body(answer.body());
  }
}
