package org.closedloop.engine.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.closedloop.LiveApp;
import org.closedloop.engine.check.ModelCheck;
import org.closedloop.engine.vocabulary.Vocabulary;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Holds {@code processes/README.md} to the models: its generated parts must be what the models, the vocabulary and the
 * checks say now. {@code mvn test -Dtest=ModellingGuideTest -Dguide.write=true} writes them anew.
 */
@LiveApp
class ModellingGuideTest {

  private static final Path GUIDE = Path.of("processes", "README.md");

  @Autowired
  Vocabulary vocabulary;

  @Test
  void theGuideSaysWhatTheModelsSay() throws IOException {
    String now = Files.readString(GUIDE);
    String text = with(now, "vocabulary", vocabulary.printed());
    text = with(text, "checks", "| 规则 | 内容 | rule |\n|---|---|---|\n" + ModelCheck.rules().stream()
        .map(r -> "| %s%s | %s | %s |%n".formatted(r.rule(), r.wall() ? " ●" : "", r.promise().zh(), r.promise().en()))
        .collect(Collectors.joining()));
    text = with(text, "types", GuideTables.types());
    text = with(text, "rules", RuleList.table(RuleList.read()));
    if (Boolean.getBoolean("guide.write")) {
      Files.writeString(GUIDE, text);
    } else {
      assertThat(now).as("run with -Dguide.write=true to write it anew").isEqualTo(text);
    }
  }

  @Test
  void everyRuleIsHeldAndProvenBySomethingThatExists() throws IOException {
    assertThat(RuleList.missing(RuleList.read())).isEmpty();
  }

  private static String with(String guide, String part, String content) {
    Matcher place = Pattern.compile("(<!-- generated: " + part + " -->\n).*?(<!-- end -->)", Pattern.DOTALL)
        .matcher(guide);
    assertThat(place.find()).as("the guide has a place for " + part).isTrue();
    return guide.substring(0, place.start()) + place.group(1) + content + place.group(2) + guide.substring(place.end());
  }
}
