package org.closedloop.casefile.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Bytes go into PostgreSQL and come out again, part by part. Everything is rolled back. */
@LiveApp
class PostgresAttachmentStoreTest {

  @Autowired AttachmentStore store;
  @Autowired PlatformTransactionManager transactions;
  @Autowired JdbcTemplate sql;

  private void rolledBack(Body body) {
    new TransactionTemplate(transactions).executeWithoutResult(status -> {
      status.setRollbackOnly();
      try {
        body.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private interface Body {
    void run() throws Exception;
  }

  @Test
  void bytesOfEverySizeComeOutAsTheyWentIn() {
    int part = PostgresAttachmentStore.PART_BYTES;
    rolledBack(() -> {
      for (int size : new int[] {1, 1_000, part - 1, part, part + 1, 3 * part, 5 * part + 17}) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        String id = "size" + size;
        AttachmentStore.Stored stored = store.put(id, new ByteArrayInputStream(bytes));
        assertThat(stored.size()).isEqualTo(size);
        assertThat(stored.sha256())
            .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(sql.queryForObject("select count(*) from attachment_content where attachment_id = ?",
            Integer.class, id))
            .isEqualTo((size + part - 1) / part);
        try (InputStream in = store.open(id)) {
          assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        try (InputStream in = store.open(id)) {
          assertThat(in.read()).isEqualTo(bytes[0] & 0xFF);
          assertThat(in.readNBytes(size)).isEqualTo(Arrays.copyOfRange(bytes, 1, size));
          assertThat(in.read()).isEqualTo(-1);
        }
      }
    });
  }

  @Test
  void whatIsDeletedIsGone() {
    rolledBack(() -> {
      store.put("gone", new ByteArrayInputStream(new byte[1_000_000]));
      store.delete("gone");
      store.delete("gone");
      assertThat(sql.queryForObject("select count(*) from attachment_content where attachment_id = 'gone'",
          Integer.class))
          .isZero();
      assertThatThrownBy(() -> store.open("gone").read()).isInstanceOf(IOException.class);
    });
  }

  @Test
  void bytesWithoutARowCannotBeCommitted() {
    assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
      try {
        store.put("orphan", new ByteArrayInputStream(new byte[10]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    })).hasMessageContaining("attachment_content");
  }

  /** Half way through a large file the heap holds no more than before. */
  @Test
  void memoryStaysFlatHoweverLargeTheFile() {
    long size = 64L * 1024 * 1024;
    rolledBack(() -> {
      Made made = new Made(size);
      long before = used();
      store.put("large", made);
      assertThat(made.usedHalfWay - before).isLessThan(8 * 1024 * 1024);
      try (InputStream in = store.open("large")) {
        in.skipNBytes(size / 2);
        assertThat(used() - before).isLessThan(8 * 1024 * 1024);
        assertThat(in.skip(size)).isPositive();
      }
    });
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Makes its bytes as they are read and looks at the heap half way. */
  private static final class Made extends InputStream {
    private final long size;
    private long at;
    private long usedHalfWay;

    Made(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == size) {
        return -1;
      }
      int count = (int) Math.min(length, size - at);
      Arrays.fill(into, offset, offset + count, (byte) at);
      at += count;
      if (usedHalfWay == 0 && at > size / 2) {
        usedHalfWay = used();
      }
      return count;
    }
  }
}
