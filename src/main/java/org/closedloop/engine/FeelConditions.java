package org.closedloop.engine;

import camundajar.impl.scala.Product;
import camundajar.impl.scala.collection.Iterable;
import camundajar.impl.scala.collection.Iterator;
import camundajar.impl.scala.collection.immutable.Seq;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.ConstRange;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Exponentiation;
import org.camunda.feel.syntaxtree.Filter;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.FunctionDefinition;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.FunctionParameters;
import org.camunda.feel.syntaxtree.IterationContext;
import org.camunda.feel.syntaxtree.JavaFunctionInvocation;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.QualifiedFunctionInvocation;
import org.camunda.feel.syntaxtree.SomeItem;
import org.closedloop.problem.Words;
import org.closedloop.worklist.form.Conditions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * FEEL of forms by the engine's own FEEL library. A form is written by designers and fed by anybody, so the language is
 * cut to what ends soon: no functions of one's own, no counting loops, no regular expressions; and whatever still takes
 * longer than its budget is abandoned and not tried again for some minutes.
 */
@Component
public class FeelConditions implements Conditions {

  private static final Logger log = LoggerFactory.getLogger(FeelConditions.class);
  private static final int LONGEST = 500;
  private static final int DEEPEST_BRACKETS = 30;
  private static final Duration BUDGET = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<String> FUNCTIONS = Set.of("not", "is defined", "get or else", "is empty", "is blank",
      "list contains", "count", "min", "max", "sum", "mean", "all", "any", "append", "concatenate", "index of",
      "union", "distinct values", "flatten", "sublist", "contains", "starts with", "ends with", "substring",
      "substring before", "substring after", "string length", "upper case", "lower case", "trim", "string",
      "string join", "date", "time", "date and time", "duration", "years and months duration", "now", "today",
      "day of week", "day of year", "week of year", "month of year", "last day of month", "abs", "modulo", "floor",
      "ceiling", "decimal", "round up", "round down", "round half up", "round half down", "even", "odd", "get value",
      "get entries", "before", "after", "includes", "during");
  /** Their second argument is a number of digits, and digits take memory. */
  private static final Set<String> SCALED = Set.of("floor", "ceiling", "decimal", "round up", "round down",
      "round half up", "round half down");
  private static final int MOST_DIGITS = 20;
  /** Done in one look at their arguments; expressions of these alone need nobody to watch the time. */
  private static final Set<String> QUICK = Set.of("not", "is defined", "get or else", "is empty", "is blank",
      "list contains", "count", "min", "max", "sum", "all", "any", "contains", "starts with", "ends with",
      "string length", "upper case", "lower case", "date", "now", "today");

  private record Read(ParsedExpression expression, boolean quick, Words fault) {}

  private static final Read SLOW = new Read(null, false, Words.of("表达式计算过慢，已停用", "the expression is too slow and was switched off"));

  private final FeelEngineApi feel;
  private final Cache<String, Read> read = Caffeine.newBuilder().maximumSize(2_000).build();
  private final Cache<String, Read> slow = Caffeine.newBuilder().maximumSize(1_000)
      .expireAfterWrite(Duration.ofMinutes(10)).build();
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "form-feel");
    thread.setDaemon(true);
    return thread;
  });

  public FeelConditions(Clock clock) {
    feel = FeelEngineBuilder.forJava()
        .withEnabledExternalFunctions(false)
        .withClock(() -> ZonedDateTime.now(clock))
        .build();
    // the first expression loads half the library; no form should pay for that out of its budget
    feel.evaluateExpression("a = 1 and today() > date(\"2020-01-01\")", Map.of("a", 1));
  }

  @Override
  public boolean isTrue(String text, Map<String, Object> context) {
    return Boolean.TRUE.equals(evaluate(text, context));
  }

  @Override
  public Object evaluate(String text, Map<String, Object> context) {
    Read known = known(text);
    if (known.expression == null) {
      return null;
    }
    if (!known.quick) {
      return within(text, () -> value(known.expression, context)).orElse(null);
    }
    try {
      return value(known.expression, context);
    } catch (RuntimeException | StackOverflowError e) {
      log.warn("a form's expression failed ({}): {}", e.getClass().getSimpleName(), text);
      return null;
    }
  }

  @Override
  public Optional<Words> fault(String text) {
    return Optional.ofNullable(known(text).fault);
  }

  private Read known(String text) {
    Read known = slow.getIfPresent(text);
    if (known == null) {
      known = read.getIfPresent(text);
    }
    if (known == null) {
      known = within(text, () -> read(text)).orElse(SLOW);
      if (known != SLOW) {
        read.put(text, known);
      }
    }
    return known;
  }

  /**
   * Runs beside the caller, because the library cannot be interrupted, only left behind. The budget is processor time:
   * a busy machine must not switch off an honest expression.
   */
  private <T> Optional<T> within(String text, Callable<T> work) {
    AtomicReference<long[]> worker = new AtomicReference<>();
    FutureTask<T> task = new FutureTask<>(() -> {
      worker.set(new long[] {Thread.currentThread().getId(), cpu(Thread.currentThread().getId())});
      return work.call();
    });
    threads.execute(task);
    long until = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        try {
          return Optional.ofNullable(task.get(BUDGET.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
          long[] begun = worker.get();
          boolean spent = begun != null && cpu(begun[0]) - begun[1] > BUDGET.toNanos();
          if (spent || System.nanoTime() > until) {
            task.cancel(true);
            slow.put(text, SLOW);
            log.warn("a form's expression took too long and is not evaluated for some minutes: {}", text);
            return Optional.empty();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // also the StackOverflowError of a hostile expression: it ended only its own work
      log.warn("a form's expression failed ({}): {}", e.getCause().getClass().getSimpleName(), text);
    }
    return Optional.empty();
  }

  private static long cpu(long thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
  }

  private Object value(ParsedExpression expression, Map<String, Object> context) {
    var result = feel.evaluate(expression, context);
    return result.isSuccess() ? plain(result.result()) : null;
  }

  /** Dates and durations as the strings a browser would hold; whole numbers without decimals. */
  private static Object plain(Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof BigDecimal d) {
      return d;
    }
    if (value instanceof Number || value instanceof Map<?, ?>) {
      return value instanceof Map<?, ?> map ? mapped(map) : value;
    }
    if (value instanceof java.util.List<?> list) {
      java.util.List<Object> copy = new java.util.ArrayList<>(list.size());
      list.forEach(one -> copy.add(plain(one)));
      return copy;
    }
    return value instanceof java.time.temporal.TemporalAccessor || value instanceof java.time.temporal.TemporalAmount
        ? value.toString() : null;
  }

  private static Map<String, Object> mapped(Map<?, ?> map) {
    Map<String, Object> copy = new java.util.LinkedHashMap<>();
    map.forEach((k, v) -> copy.put(String.valueOf(k), plain(v)));
    return copy;
  }

  private Read read(String text) {
    if (text.length() > LONGEST || brackets(text) > DEEPEST_BRACKETS) {
      return new Read(null, false, Words.of("表达式超过 " + LONGEST + " 个字符或括号过深",
          "the expression is longer than " + LONGEST + " characters or nested too deep"));
    }
    try {
      ParseResult parsed = feel.parseExpression(text);
      if (!parsed.isSuccess()) {
        return new Read(null, false, Words.of("FEEL 表达式有语法错误", "the FEEL expression has a syntax error"));
      }
      Words costly = costly(parsed.parsedExpression().expression(), 0);
      return costly == null
          ? new Read(parsed.parsedExpression(), quick(parsed.parsedExpression().expression()), null)
          : new Read(null, false, costly);
    } catch (RuntimeException | StackOverflowError e) {
      return new Read(null, false, Words.of("FEEL 表达式无法解析", "the FEEL expression cannot be parsed"));
    }
  }

  private static int brackets(String text) {
    int depth = 0;
    int deepest = 0;
    for (char c : text.toCharArray()) {
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** What in the syntax tree could run long or reach outside, null when nothing. */
  private static Words costly(Object node, int loops) {
    if (node instanceof FunctionDefinition || node instanceof JavaFunctionInvocation
        || node instanceof QualifiedFunctionInvocation || node instanceof Exponentiation) {
      return Words.of("表单中不可使用自定义函数、外部函数和乘方", "no functions of one's own, external functions or powers in forms");
    }
    if (node instanceof FunctionInvocation call && !FUNCTIONS.contains(call.function())) {
      return Words.of("表单中不可使用函数“" + call.function() + "”", "the function " + call.function() + " is not available in forms");
    }
    if (node instanceof FunctionInvocation call && SCALED.contains(call.function()) && !fewDigits(call.params())) {
      return Words.of("小数位数须直接写出，且不超过 " + MOST_DIGITS, "write the number of digits itself, at most " + MOST_DIGITS);
    }
    if (node instanceof IterationContext) {
      return Words.of("表单中不可按数字区间循环", "no loops over ranges of numbers in forms");
    }
    boolean loop = node instanceof For || node instanceof SomeItem || node instanceof EveryItem
        || node instanceof Filter;
    int depth = loops + (node instanceof Filter ? 1 : loop ? iterators(node).size() : 0);
    if (depth > 2) {
      return Words.of("表单中的循环最多嵌套两层", "loops in forms may be nested twice at most");
    }
    if (loop && !(node instanceof Filter) && ranges(node)) {
      return Words.of("表单中不可按数字区间循环", "no loops over ranges of numbers in forms");
    }
    Iterator<?> below = children(node);
    while (below != null && below.hasNext()) {
      Words found = costly(below.next(), depth);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean fewDigits(FunctionParameters params) {
    return params instanceof PositionalFunctionParameters given && (given.params().size() < 2
        || given.params().apply(1) instanceof ConstNumber digits
        && digits.value().bigDecimal().compareTo(BigDecimal.valueOf(MOST_DIGITS)) <= 0);
  }

  private static boolean quick(Object node) {
    if (node instanceof Filter || node instanceof For || node instanceof SomeItem || node instanceof EveryItem
        || node instanceof FunctionInvocation call && !QUICK.contains(call.function())) {
      return false;
    }
    Iterator<?> below = children(node);
    while (below != null && below.hasNext()) {
      if (!quick(below.next())) {
        return false;
      }
    }
    return true;
  }

  private static Iterator<?> children(Object node) {
    return node instanceof Product product ? product.productIterator()
        : node instanceof Iterable<?> iterable ? iterable.iterator() : null;
  }

  private static Seq<?> iterators(Object loop) {
    return loop instanceof For f ? f.iterators() : loop instanceof SomeItem s ? s.iterators()
        : ((EveryItem) loop).iterators();
  }

  private static boolean ranges(Object loop) {
    Iterator<?> each = iterators(loop).iterator();
    while (each.hasNext()) {
      Iterator<?> pair = ((Product) each.next()).productIterator();
      while (pair.hasNext()) {
        if (pair.next() instanceof ConstRange) {
          return true;
        }
      }
    }
    return false;
  }
}
