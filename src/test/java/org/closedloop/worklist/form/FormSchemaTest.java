package org.closedloop.worklist.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.worklist.form.Forms.broken;
import static org.closedloop.worklist.form.Forms.form;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Forms that cannot be answered or checked are refused when they are read, with the place named. */
class FormSchemaTest {

  private static List<String> brokenForm(String... components) {
    return broken(() -> form(components));
  }

  @Test
  void aFormIsReadOnce() {
    FormSchema one = form("{'type':'textfield','key':'x'}");
    assertThat(form("{'type':'textfield','key':'x'}")).isSameAs(one);
    assertThat(one.id()).isEqualTo("t");
    assertThat(one.hash()).hasSize(64);
  }

  @Test
  void sceneryHasNoAnswers() {
    assertThat(form("{'type':'text','text':'# a'}", "{'type':'image','source':'x'}", "{'type':'html','content':'x'}",
        "{'type':'separator'}", "{'type':'spacer'}", "{'type':'button','key':'b'}", "{'type':'table','dataSource':'=a'}",
        "{'type':'iframe'}", "{'type':'documentPreview'}").fields()).isEmpty();
  }

  @Test
  void whatIsNoFormIsRefused() {
    for (String json : new String[] {null, "", "null", "[]", "5", "{}", "{\"type\":\"default\"}", "{", "{\"a\":1,\"a\":2}",
        "{\"type\":\"default\",\"components\":{}}", "[".repeat(5000), "x".repeat(300_000)}) {
      assertThat(broken(() -> FormSchema.parse(json))).containsExactly("form");
    }
    assertThat(broken(() -> FormSchema.parse("{\"type\":\"default\",\"schemaVersion\":99,\"components\":[]}")))
        .containsExactly("schemaVersion");
  }

  @Test
  void everyBrokenPlaceIsNamed() {
    assertThat(brokenForm("{'type':'wizard'}", "{'type':'textfield'}", "{'type':'textfield','key':'Upper'}",
        "{'type':'textfield','key':'constructor'}", "{'type':'textfield','key':'a..b'}", "5"))
        .containsExactly("components[0].type", "components[1].key", "components[2].key", "components[2].key",
            "components[3].key", "components[3].key", "components[4].key", "components[4].key", "components[5].type");
    assertThat(brokenForm("{'type':'textfield','key':'a'}", "{'type':'number','key':'a'}"))
        .containsExactly("components[1].key");
    assertThat(brokenForm("{'type':'textfield','key':'a'}", "{'type':'number','key':'a.b'}"))
        .containsExactly("components[1].key");
    assertThat(brokenForm("{'type':'textfield','key':'a.b'}", "{'type':'number','key':'a'}"))
        .containsExactly("components[1].key");
    assertThat(brokenForm("{'type':'dynamiclist','path':'l','components':[]}", "{'type':'number','key':'l.b'}"))
        .containsExactly("components[1].key");
    assertThat(brokenForm("{'type':'group','path':'g','components':[{'type':'textfield','key':'a'}]}",
        "{'type':'group','path':'g','components':[{'type':'textfield','key':'b'}]}")).isEmpty();
    assertThat(brokenForm("{'type':'dynamiclist','components':[]}")).containsExactly("components[0].path");
    assertThat(brokenForm("{'type':'group','components':[{'type':'select','key':'s'}]}"))
        .containsExactly("components[0].components[0].values");
  }

  @Test
  void rulesThatCannotBeAppliedAreRefused() {
    assertThat(brokenForm("{'type':'textfield','key':'a','validate':{'pattern':'(?=x)'}}"))
        .containsExactly("components[0].validate.pattern");
    assertThat(brokenForm("{'type':'textfield','key':'a','validate':{'pattern':'['}}"))
        .containsExactly("components[0].validate.pattern");
    assertThat(brokenForm("{'type':'number','key':'a','increment':0}")).containsExactly("components[0].increment");
    assertThat(brokenForm("{'type':'number','key':'a','validate':{'min':'abc'}}"))
        .containsExactly("components[0].validate.min");
    assertThat(brokenForm("{'type':'textfield','key':'a','validate':{'maxLength':1000000}}"))
        .containsExactly("components[0].validate.maxLength");
    assertThat(brokenForm("{'type':'textfield','key':'a','conditional':{'hide':'b = 1'}}"))
        .containsExactly("components[0].conditional.hide");
    assertThat(brokenForm("{'type':'datetime','key':'a','subtype':'week'}")).containsExactly("components[0].subtype");
    assertThat(brokenForm("{'type':'textfield','key':'a','properties':{'within':'x'}}"))
        .containsExactly("components[0].properties.within");
  }

  @Test
  void variablesMustNotBeFilesAndMustNotHideWordsOfTheModels() {
    assertThat(brokenForm("{'type':'textfield','key':'due','properties':{'route':'true'}}"))
        .containsExactly("components[0].key");
    assertThat(brokenForm("{'type':'textfield','key':'due'}")).isEmpty();
    assertThat(brokenForm("{'type':'taglist','key':'a','values':[],'properties':{'route':'true'}}")).isEmpty();
    assertThat(brokenForm("{'type':'filepicker','key':'a','properties':{'route':'true'}}"))
        .containsExactly("components[0].properties.route");
    assertThat(brokenForm("{'type':'dynamiclist','path':'l','components':[{'type':'textfield','key':'a',"
        + "'properties':{'route':'true'}}]}")).containsExactly("components[0].components[0].properties.route");
    assertThat(brokenForm("{'type':'group','path':'g','components':[{'type':'textfield','key':'a',"
        + "'properties':{'route':'true'}}]}", "{'type':'textfield','key':'a','properties':{'route':'true'}}"))
        .containsExactly("components[1].key");
  }

  @Test
  void hugeFormsAreRefused() {
    assertThat(brokenForm(java.util.stream.IntStream.range(0, 201)
        .mapToObj(i -> "{'type':'textfield','key':'k" + i + "'}").toArray(String[]::new))).containsExactly("components");
    String deep = "{'type':'textfield','key':'a'}";
    for (int i = 0; i < 25; i++) {
      deep = "{'type':'group','components':[" + deep + "]}";
    }
    assertThat(brokenForm(deep)).hasSize(1);
  }

  @Test
  void expressionsAreListedWithTheirPlace() {
    assertThat(form("{'type':'number','key':'a','validate':{'max':'= b + 1'},'conditional':{'hide':'=c'}}")
        .expressions()).containsEntry("components[0].validate.max", "b + 1")
        .containsEntry("components[0].conditional.hide", "c");
  }
}
