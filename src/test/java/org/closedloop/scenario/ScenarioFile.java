package org.closedloop.scenario;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.closedloop.scenario.Story.Step;
import org.closedloop.scenario.Story.Verb;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A scenarios file as it is written, read so that every complaint names its line. Plain words stay words: only
 * {@code true}, {@code false} and numbers without leading zeros are anything else, so that {@code yes} is an answer and
 * {@code 0101} a category.
 */
record ScenarioFile(Path path, String caseType, List<Story> stories) {

  private static final Set<String> OF_A_STORY = Set.of("story", "en", "steps");
  private static final Set<String> OF_A_STEP = Set.of("answers", "by", "refused");

  static ScenarioFile read(Path path) throws IOException {
    Node root;
    try (Reader reader = Files.newBufferedReader(path)) {
      root = new Yaml(new LoaderOptions()).compose(reader);
    }
    Map<String, Node> file = map(path, root);
    List<Story> stories = new ArrayList<>();
    for (Node node : list(path, file.get("stories"))) {
      stories.add(story(path, node));
    }
    return new ScenarioFile(path, text(path, file.get("case-type")), List.copyOf(stories));
  }

  private static Story story(Path path, Node node) {
    Map<String, Node> story = map(path, node);
    story.keySet().stream().filter(key -> !OF_A_STORY.contains(key)).findFirst().ifPresent(key -> {
      throw wrong(path, node, "a story has no \"" + key + "\", only " + OF_A_STORY);
    });
    List<Step> steps = new ArrayList<>();
    for (Node step : list(path, story.get("steps"))) {
      steps.add(step(path, step));
    }
    return new Story(text(path, story.get("story")), line(node), List.copyOf(steps));
  }

  private static Step step(Path path, Node node) {
    if (node instanceof ScalarNode word) {
      return new Step(line(node), verb(path, node, word.getValue()), null, Map.of(), null, null);
    }
    Map<String, Node> step = map(path, node);
    String verb = step.keySet().iterator().next();
    Object what = value(path, step.remove(verb));
    Map<String, Object> answers = new LinkedHashMap<>();
    if (step.get("answers") != null) {
      map(path, step.get("answers")).forEach((key, answer) -> answers.put(key, value(path, answer)));
    }
    step.keySet().stream().filter(key -> !OF_A_STEP.contains(key)).findFirst().ifPresent(key -> {
      throw wrong(path, node, "a step has no \"" + key + "\", only " + OF_A_STEP);
    });
    return new Step(line(node), verb(path, node, verb), what, answers,
        step.get("by") == null ? null : text(path, step.get("by")),
        step.get("refused") == null ? null : text(path, step.get("refused")));
  }

  private static Verb verb(Path path, Node node, String word) {
    return Arrays.stream(Verb.values()).filter(v -> v.name().toLowerCase(Locale.ROOT).equals(word)).findFirst()
        .orElseThrow(() -> wrong(path, node, "\"" + word + "\" is no verb; there are " + Arrays.toString(Verb.values())));
  }

  private static Map<String, Node> map(Path path, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(path, node, "keys with values are expected here");
    }
    Map<String, Node> map = new LinkedHashMap<>();
    mapping.getValue().forEach(pair -> {
      if (map.put(text(path, pair.getKeyNode()), pair.getValueNode()) != null) {
        throw wrong(path, pair.getKeyNode(), "the key stands here twice");
      }
    });
    return map;
  }

  private static List<Node> list(Path path, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(path, node, "a list is expected here");
    }
    return sequence.getValue();
  }

  private static String text(Path path, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong(path, node, "a word is expected here");
    }
    return scalar.getValue();
  }

  private static Object value(Path path, Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(one -> value(path, one)).toList();
    }
    if (node instanceof MappingNode) {
      Map<String, Object> map = new LinkedHashMap<>();
      map(path, node).forEach((key, one) -> map.put(key, value(path, one)));
      return map;
    }
    ScalarNode scalar = (ScalarNode) node;
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return text;
    }
    return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text)
        : text.matches("-?(0|[1-9][0-9]{0,17})") ? (Object) Long.valueOf(text) : text;
  }

  private static int line(Node node) {
    return node == null ? 0 : node.getStartMark().getLine() + 1;
  }

  private static IllegalArgumentException wrong(Path path, Node node, String what) {
    return new IllegalArgumentException(path.getFileName() + ":" + line(node) + ": " + what);
  }
}
