package org.closedloop.casefile.export;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.closedloop.csv.TableFormat;
import org.closedloop.csv.TableWriter;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.UriUtils;

/**
 * Sends a list as a file. Rows go from the database's cursor into the connection; when the connection breaks, the query
 * ends with it. Headings and values are in the caller's language, moments in the county's time.
 */
@Service
public class Exports {

  /** A list longer than this is asked to be narrowed: a file that leaves something out without saying so would be worse. */
  public static final int MOST = 200_000;
  /** How many rows the file will have; who shows progress needs it before the file is there. */
  static final String ROWS_HEADER = "Export-Rows";
  /** A reader who takes longer keeps a connection of the database from those who work. */
  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm");

  private final ExportGuard guard;
  private final ExportMapper register;
  private final TransactionTemplate reading;
  private final Me me;
  private final Clock clock;

  Exports(ExportGuard guard, ExportMapper register, PlatformTransactionManager transactions, Me me, Clock clock) {
    this.guard = guard;
    this.register = register;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.me = me;
    this.clock = clock;
  }

  /**
   * @throws TooManyExports where there is no place for it now
   * @throws Problem        422 where the list is too long
   */
  public void send(ExportTable table, TableFormat format, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Official by = me.current();
    try (ExportGuard.Place place = guard.admit(by.username())) {
      int expected = table.counted().upTo(MOST + 1);
      if (expected > MOST) {
        throw new Problem(422, "too-many-rows", Words.of("一次最多导出 " + MOST + " 行，请缩小筛选范围后再导出。",
            "At most " + MOST + " rows go into one file; narrow the list and export again."));
      }
      long id = register.begun(table.kind(), format.ending(), by.username(), by.unit().code(), filter(request),
          clock.instant());
      Sheet sheet = new Sheet(LocaleContextHolder.getLocale());
      try {
        sheet.write(table, format, expected, response);
        register.ended(id, sheet.rows, "done", clock.instant());
      } catch (UncheckedIOException left) {
        register.ended(id, sheet.rows, "broken-off", clock.instant());
        throw left.getCause();
      } catch (RuntimeException | IOException failed) {
        register.ended(id, sheet.rows, "failed", clock.instant());
        throw failed;
      }
    }
  }

  /** What the list was narrowed to, as its address said, in one order. */
  private static String filter(HttpServletRequest request) {
    return new TreeMap<>(request.getParameterMap()).entrySet().stream().filter(p -> !p.getKey().equals("format"))
        .map(p -> p.getKey() + "=" + String.join(",", p.getValue())).collect(Collectors.joining("&"));
  }

  /** One file on its way. */
  private final class Sheet {

    private final Locale locale;
    private final long begun = System.nanoTime();
    private int rows;

    Sheet(Locale locale) {
      this.locale = locale;
    }

    void write(ExportTable table, TableFormat format, int expected, HttpServletResponse response) throws IOException {
      String name = table.name().in(locale);
      String file = name + "-" + STAMP.format(LocalDateTime.now(clock)) + "." + format.ending();
      response.setContentType(format.type());
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader(ROWS_HEADER, Integer.toString(expected));
      response.setHeader("Content-Disposition", "attachment; filename=\"" + table.kind() + "." + format.ending()
          + "\"; filename*=UTF-8''" + UriUtils.encode(file, StandardCharsets.UTF_8));
      List<String> headings = table.columns().stream().map(c -> c.heading().in(locale)).toList();
      List<Integer> widths = table.columns().stream().map(ExportTable.Column::width).toList();
      TableWriter sheet = format.open(response.getOutputStream(), name, headings, widths);
      reading.executeWithoutResult(transaction -> table.rows().each(cells -> {
        if (System.nanoTime() - begun > LONGEST_NANOS) {
          throw new Problem(503, "export-too-slow", Words.of("导出用时过长，已中止，请缩小筛选范围后再试。",
              "The export took too long and was ended; narrow the list and try again."));
        }
        sheet.row(cells);
        rows++;
      }));
      sheet.close();
    }
  }
}
