package org.closedloop.casefile.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.closedloop.casefile.category.Category;
import org.closedloop.casefile.suggest.CategoryModel.Asker;
import org.closedloop.casefile.suggest.CategoryModel.Guess;
import org.closedloop.casefile.suggest.CategoryModel.Sample;
import org.junit.jupiter.api.Test;

/** What a model learns, and what it keeps to itself. */
class CategoryModelTest {

  private final TextReader reader = new TextReader();
  private final List<Category> tree = ShippedTree.read();

  @Test
  void aNewInstallationSuggestsByNamesAndEverydayWords() {
    assertThat(guess(seeded(), "三单元停水两天了", Asker.STRANGER).get(0).code()).isEqualTo("030201");
    assertThat(guess(seeded(), "学校旁边的公共厕所太脏", Asker.STRANGER)).extracting(Guess::code).contains("010105");
  }

  @Test
  void whatIsConfirmedIsLearnt() {
    CategoryModel model = seeded();
    String text = "村口的大喇叭天不亮就响，老人孩子睡不着";
    String wanted = "050104";
    double before = score(model, text, wanted);
    IntStream.range(0, 5).forEach(i -> model.learn(List.of(new Sample(wanted, reader.read(text, "请管一管" + i)))));
    assertThat(guess(model, text, Asker.STRANGER).get(0).code()).isEqualTo(wanted);
    assertThat(score(model, text, wanted)).isGreaterThan(before);
  }

  @Test
  void aNameThatTwoCasesHoldTellsAStrangerNothing() {
    CategoryModel model = seeded();
    List<Guess> before = guess(model, "尉迟惠玲", Asker.STRANGER);
    Sample case1 = new Sample("140101", reader.read("反映邻居打人", "我叫尉迟惠玲，被邻居打伤"));
    model.learn(List.of(case1, case1));
    assertThat(guess(model, "尉迟惠玲", Asker.STRANGER)).extracting(Guess::code)
        .isEqualTo(before.stream().map(Guess::code).toList());
    assertThat(guess(model, "尉迟惠玲", Asker.DISPATCHER).get(0).code()).isEqualTo("140101");
  }

  @Test
  void aTextThatSaysNothingGetsNoSuggestion() {
    for (String text : List.of("", " ", "13912345678", "2026-11-22", "。。。", "zzqqxxyy", "\uD83D\uDE00", "\uD800")) {
      assertThat(guess(seeded(), text, Asker.STRANGER)).as(text).isEmpty();
    }
  }

  @Test
  void anyTextIsRead() {
    Random random = new Random(7);
    CategoryModel model = seeded();
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(400), 0, 0x3000).forEach(c -> text.append((char) (c % 7 == 0 ? 0x4E00 + c : c)));
      text.append((char) (0xD800 + random.nextInt(0x800)));
      assertThatCode(() -> guess(model, text.toString(), Asker.STRANGER)).doesNotThrowAnyException();
    }
  }

  @Test
  void scoresAreSharesAndSuggestionsAreLeavesInUse() {
    List<Category> some = tree.stream()
        .map(c -> c.code().equals("030201") ? new Category(c.code(), 3, c.parent(), c.name(), c.nameEn(), true) : c).toList();
    CategoryModel model = new CategoryModel(some);
    model.seed(Seeds.of(some, reader));
    List<Guess> all = model.guess(reader.read("停水", "小区停水没人管"), Asker.STRANGER, 10_000);
    assertThat(all.stream().mapToDouble(Guess::score).sum()).isBetween(0.5, 1.000001);
    assertThat(all).extracting(Guess::code).doesNotContain("030201").allMatch(c -> c.length() == 6);
  }

  @Test
  void askingWhileOthersLearnIsSafe() throws Exception {
    CategoryModel model = seeded();
    var pool = Executors.newFixedThreadPool(4);
    var asked = IntStream.range(0, 200).mapToObj(i -> pool.submit(() -> {
      if (i % 2 == 0) {
        model.learn(List.of(new Sample("030201", reader.read("停水", "第" + "甲乙丙丁".charAt(i % 4) + "栋停水"))));
      }
      return guess(model, "停水", Asker.DISPATCHER).get(0).code();
    })).toList();
    for (var one : asked) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo("030201");
    }
    pool.shutdown();
  }

  private CategoryModel seeded() {
    CategoryModel model = new CategoryModel(tree);
    model.seed(Seeds.of(tree, reader));
    return model;
  }

  private List<Guess> guess(CategoryModel model, String text, Asker by) {
    return model.guess(reader.read("", text), by, 3);
  }

  private double score(CategoryModel model, String text, String code) {
    return model.guess(reader.read("", text), Asker.STRANGER, 10_000).stream().filter(g -> g.code().equals(code))
        .mapToDouble(Guess::score).findFirst().orElse(0);
  }
}
