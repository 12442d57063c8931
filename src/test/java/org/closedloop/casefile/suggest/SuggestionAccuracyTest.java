package org.closedloop.casefile.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.classification.BM25NBClassifier;
import org.apache.lucene.classification.ClassificationResult;
import org.apache.lucene.classification.Classifier;
import org.apache.lucene.classification.KNearestNeighborClassifier;
import org.apache.lucene.classification.SimpleNaiveBayesClassifier;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.closedloop.casefile.category.Category;
import org.closedloop.casefile.suggest.CategoryModel.Asker;
import org.closedloop.casefile.suggest.CategoryModel.Guess;
import org.closedloop.casefile.suggest.CategoryModel.Sample;
import org.closedloop.casefile.suggest.LabelledMessages.Accuracy;
import org.closedloop.casefile.suggest.LabelledMessages.Message;
import org.closedloop.casefile.suggest.LabelledMessages.Method;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the suggested category is the one an office chose, by cross-validation on labelled messages. With
 * {@code -Dgroups=benchmark -DexcludedGroups=} it prints the comparison of methods that stands in measurements.md.
 */
class SuggestionAccuracyTest {

  private static final int REPEATS = 5;

  /** The first level of the shipped tree in the words of the labels. */
  private static final Map<String, String> LABELS = Map.ofEntries(Map.entry("01", "城乡建设"), Map.entry("02", "城乡建设"),
      Map.entry("03", "城乡建设"), Map.entry("04", "城乡建设"), Map.entry("05", "环境保护"), Map.entry("06", "交通运输"),
      Map.entry("09", "教育文体"), Map.entry("10", "卫生计生"), Map.entry("11", "劳动和社会保障"),
      Map.entry("13", "商贸旅游"), Map.entry("16", "商贸旅游"));

  private final TextReader reader = new TextReader();

  @BeforeEach
  void theMessagesAreThere() {
    assumeTrue(Files.exists(LabelledMessages.FILE), LabelledMessages.FILE + " is not here");
  }

  @Test
  void theCategoryAnOfficeChoseIsAmongTheThreeSuggested() {
    Accuracy found = LabelledMessages.measure(LabelledMessages.read(), seededAndLearnt(Asker.DISPATCHER), REPEATS);
    assertThat(found.first()).isGreaterThan(0.67);
    assertThat(found.amongThree()).isGreaterThan(0.92);
    Accuracy shown = LabelledMessages.measure(LabelledMessages.read(), seededAndLearnt(Asker.STRANGER), REPEATS);
    assertThat(shown.first()).isGreaterThan(0.66);
    assertThat(shown.amongThree()).isGreaterThan(0.90);
  }

  @Test
  @Tag("benchmark")
  void methodsCompared() {
    List<Message> messages = LabelledMessages.read();
    Map<String, Method> methods = new java.util.LinkedHashMap<>();
    methods.put("most frequent category", SuggestionAccuracyTest::mostFrequent);
    Analyzer words = new SmartChineseAnalyzer();
    Analyzer pairs = new CJKAnalyzer();
    for (int k : new int[] {5, 10, 20}) {
      methods.put("nearest neighbours, BM25, words, k=" + k, lucene(words, nearest(k)));
    }
    methods.put("nearest neighbours, BM25, pairs, k=10", lucene(pairs, nearest(10)));
    methods.put("naive Bayes, words", lucene(words, (r, a) -> new SimpleNaiveBayesClassifier(r, a, null, "label", "text")));
    methods.put("naive Bayes, pairs", lucene(pairs, (r, a) -> new SimpleNaiveBayesClassifier(r, a, null, "label", "text")));
    methods.put("naive Bayes by BM25, words", lucene(words, (r, a) -> new BM25NBClassifier(r, a, null, "label", "text")));
    for (Asker by : Asker.values()) {
      methods.put("class profiles, words and pairs, " + by, shipped(by));
    }
    methods.put("class profiles, names and everyday words shipped, and what was learnt, STRANGER",
        seededAndLearnt(Asker.STRANGER));
    methods.put("class profiles, names and everyday words shipped, and what was learnt, DISPATCHER",
        seededAndLearnt(Asker.DISPATCHER));
    methods.put("nothing learnt: names and everyday words shipped", onlySeeds());
    methods.forEach((name, method) -> {
      long start = System.nanoTime();
      Accuracy a = LabelledMessages.measure(messages, method, REPEATS);
      System.out.printf("| %s | %.1f %% | %.1f %% | ±%.1f | %.1f s%n", name, a.first() * 100, a.amongThree() * 100,
          a.spread() * 100, (System.nanoTime() - start) / 1e9);
    });
  }

  /** Whether the score says how often the first suggestion is right. */
  @Test
  @Tag("benchmark")
  void scoresAgainstTruth() {
    double[] sum = new double[10];
    int[] right = new int[10];
    int[] all = new int[10];
    LabelledMessages.measure(LabelledMessages.read(), learnt -> {
      CategoryModel model = model(learnt);
      return m -> {
        Guess first = model.guess(reader.read(m.subject(), m.body()), Asker.DISPATCHER, 3).get(0);
        int bin = Math.min(9, (int) (first.score() * 10));
        sum[bin] += first.score();
        all[bin]++;
        right[bin] += first.code().equals(m.label()) ? 1 : 0;
        return List.of(first.code());
      };
    }, REPEATS);
    for (int bin = 0; bin < 10; bin++) {
      System.out.printf("| %d | score %.2f | right %.2f%n", all[bin], sum[bin] / all[bin], 1.0 * right[bin] / all[bin]);
    }
  }

  /** The shipped method on a tree of the labels. */
  private Method shipped(Asker by) {
    return learnt -> {
      CategoryModel model = model(learnt);
      return m -> model.guess(reader.read(m.subject(), m.body()), by, 3).stream().map(Guess::code).toList();
    };
  }

  private CategoryModel model(List<Message> learnt) {
    List<String> labels = learnt.stream().map(Message::label).distinct().sorted().toList();
    CategoryModel model = new CategoryModel(labels.stream().map(l -> new Category(l, 1, null, l, l, false)).toList());
    model.learn(learnt.stream().map(m -> new Sample(m.label(), reader.read(m.subject(), m.body()))).toList());
    return model;
  }

  /** The shipped tree with its seeds, before any case; its first level told in the words of the labels. */
  private Method onlySeeds() {
    List<Category> tree = ShippedTree.read();
    CategoryModel model = new CategoryModel(tree);
    model.seed(Seeds.of(tree, reader));
    return learnt -> m -> model.guess(reader.read(m.subject(), m.body()), Asker.STRANGER, 100).stream()
        .map(g -> LABELS.getOrDefault(g.code().substring(0, 2), g.code().substring(0, 2))).distinct().toList();
  }

  /** As in use: the shipped seeds, told in the words of the labels, and what was learnt. */
  private Method seededAndLearnt(Asker by) {
    List<Sample> seeds = Seeds.of(ShippedTree.read(), reader).stream()
        .filter(s -> LABELS.containsKey(s.code().substring(0, 2)))
        .map(s -> new Sample(LABELS.get(s.code().substring(0, 2)), s.text())).toList();
    return learnt -> {
      CategoryModel model = new CategoryModel(LABELS.values().stream().distinct()
          .map(l -> new Category(l, 1, null, l, l, false)).toList());
      model.seed(seeds);
      model.learn(learnt.stream().map(m -> new Sample(m.label(), reader.read(m.subject(), m.body()))).toList());
      return m -> model.guess(reader.read(m.subject(), m.body()), by, 3).stream().map(Guess::code).toList();
    };
  }

  private static Function<Message, List<String>> mostFrequent(List<Message> learnt) {
    Map<String, Long> counts = learnt.stream().collect(Collectors.groupingBy(Message::label, Collectors.counting()));
    List<String> order = counts.keySet().stream().sorted(Comparator.comparing(counts::get).reversed()).toList();
    return m -> order;
  }

  private interface Made {
    Classifier<BytesRef> of(IndexReader index, Analyzer analyzer) throws IOException;
  }

  private static Made nearest(int k) {
    return (r, a) -> new KNearestNeighborClassifier(r, new BM25Similarity(), a, null, k, 1, 1, "label", "text");
  }

  /** A classifier of the library; the subject is written five times, as it counts in the shipped method. */
  private static Method lucene(Analyzer analyzer, Made made) {
    return learnt -> {
      try {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        FieldType text = new FieldType(TextField.TYPE_STORED);
        text.setStoreTermVectors(true);
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
          for (Message m : learnt) {
            Document document = new Document();
            document.add(new StringField("label", m.label(), Field.Store.YES));
            document.add(new Field("text", text(m), text));
            writer.addDocument(document);
          }
        }
        Classifier<BytesRef> classifier = made.of(DirectoryReader.open(directory), analyzer);
        return m -> {
          try {
            return classifier.getClasses(text(m)).stream()
                .sorted(Comparator.comparingDouble(ClassificationResult<BytesRef>::getScore).reversed())
                .map(c -> c.getAssignedClass().utf8ToString()).toList();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static String text(Message m) {
    return (m.subject() + "\n").repeat(5) + m.body();
  }
}
