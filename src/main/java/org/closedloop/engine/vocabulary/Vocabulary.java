package org.closedloop.engine.vocabulary;

import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.problem.Words;

/**
 * Every word a model may use. It is collected on first use and not at start-up, because delegates reach, through the
 * features they call, back to the engine that is still being built.
 */
public final class Vocabulary {

  /** Names the engine itself gives a meaning to; neither a variable nor a form field may take them. */
  public static final List<String> RESERVED =
      List.of("execution", "caseExecution", "task", "externalTask", "authenticatedUserId", "variableContext",
          "__proto__", "constructor", "prototype");

  /** One line of the printed catalogue; {@code kind} is {@code function}, {@code delegate} or {@code variable}. */
  public record Word(String kind, String name, String usage, Words meaning) {}

  private record Content(Map<String, ModelFunction> functions, Map<String, ModelDelegate> delegates,
      Map<String, ModelVariable> variables) {}

  private final Supplier<Content> source;
  private volatile Content content;

  public Vocabulary(Supplier<Stream<ModelFunction>> functions, Supplier<Stream<ModelDelegate>> delegates,
      Supplier<Stream<ModelVariable>> variables) {
    this.source = () -> new Content(byName(functions.get(), ModelFunction::name),
        byName(delegates.get(), ModelDelegate::name), byName(variables.get(), ModelVariable::name));
  }

  public static Vocabulary of(List<ModelFunction> functions, List<ModelDelegate> delegates,
      List<ModelVariable> variables) {
    return new Vocabulary(functions::stream, delegates::stream, variables::stream);
  }

  public Optional<ModelFunction> function(String name) {
    return Optional.ofNullable(content().functions().get(name));
  }

  public Optional<ModelDelegate> delegate(String name) {
    return Optional.ofNullable(content().delegates().get(name));
  }

  public boolean knowsVariable(String name) {
    return content().variables().containsKey(name);
  }

  /** A name that a form field or a submitted variable must not take, because it already means something in models. */
  public boolean isTaken(String name) {
    return RESERVED.contains(name) || function(name).isPresent() || delegate(name).isPresent();
  }

  /** The bean of that type among functions and delegates. */
  <T> T word(Class<T> type) {
    return Stream.concat(content().functions().values().stream(), content().delegates().values().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type.getName() + " is not part of the vocabulary"));
  }

  /** The catalogue in the order it is printed: functions, delegates, variables, each by name. */
  public List<Word> words() {
    Stream<Word> functions = content().functions().values().stream()
        .map(function -> new Word("function", function.name(), "${" + call(function) + "}", function.meaning()));
    Stream<Word> delegates = content().delegates().values().stream()
        .map(delegate -> new Word("delegate", delegate.name(),
            "camunda:delegateExpression=\"${" + delegate.name() + "}\"", delegate.meaning()));
    Stream<Word> variables = content().variables().values().stream()
        .map(variable -> new Word("variable", variable.name(), "${" + variable.name() + "}", variable.meaning()));
    return Stream.of(functions, delegates, variables).flatMap(Function.identity()).toList();
  }

  /** The catalogue as a Markdown table, for {@code processes/README.md}. */
  public String printed() {
    return "| 写法 how to write it | 含义 | meaning |\n|---|---|---|\n" + words().stream()
        .map(word -> "| `" + word.usage() + "` | " + word.meaning().zh() + " | " + word.meaning().en() + " |\n")
        .collect(Collectors.joining());
  }

  private static String call(ModelFunction function) {
    return function.name() + Stream.of(function.method().getParameters())
        .map(Parameter::getName)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private Content content() {
    Content known = content;
    if (known == null) {
      known = source.get();
      content = known;
    }
    return known;
  }

  private static <T> Map<String, T> byName(Stream<T> words, Function<T, String> name) {
    Map<String, T> byName = new TreeMap<>();
    words.forEach(word -> {
      if (byName.put(name.apply(word), word) != null) {
        throw new IllegalStateException("two words of the model language are called " + name.apply(word));
      }
    });
    return byName;
  }
}
