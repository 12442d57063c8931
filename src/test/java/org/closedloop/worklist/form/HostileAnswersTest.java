package org.closedloop.worklist.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.closedloop.problem.InvalidInput;

/** Whatever is sent, the answer is checked answers or findings, never another error. */
class HostileAnswersTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> KEYS = List.of("t", "area", "n", "ns", "c", "cl", "r", "s", "tl", "d", "dt", "tm", "f",
      "g", "l", "e", "ro", "inner", "a", "b", "x", "__proto__");
  private static final FormSchema FORM = Forms.form(
      "{'type':'textfield','key':'t','validate':{'minLength':2,'pattern':'a','validationType':'email'}}",
      "{'type':'textarea','key':'area','conditional':{'hide':'=t = null or n > 5'}}",
      "{'type':'number','key':'n','decimalDigits':2,'increment':0.5,'validate':{'min':'=ns','max':100}}",
      "{'type':'number','key':'ns','serializeToString':true,'validate':{'min':-5}}",
      "{'type':'checkbox','key':'c','validate':{'required':true}}",
      "{'type':'checklist','key':'cl','values':[{'value':'a'},{'value':1},{'value':{'x':1},'label':'l'}]}",
      "{'type':'radio','key':'r','valuesKey':'units'}",
      "{'type':'select','key':'s','valuesExpression':'=for u in l return u.a'}",
      "{'type':'taglist','key':'tl','values':[{'value':'a'},{'value':'b'}]}",
      "{'type':'datetime','key':'d','disallowPassedDates':true,'properties':{'within':'suspension'}}",
      "{'type':'datetime','key':'dt','subtype':'datetime','timeSerializingFormat':'utc_offset'}",
      "{'type':'datetime','key':'tm','subtype':'time'}",
      "{'type':'filepicker','key':'f','multiple':'=c'}",
      "{'type':'textfield','key':'ro','readonly':'=n > 1'}",
      "{'type':'expression','key':'e','expression':'=n + count(l) + string length(t)'}",
      "{'type':'group','path':'g','conditional':{'hide':'=c = false'},'components':["
          + "{'type':'textfield','key':'a','validate':{'required':true}},{'type':'number','key':'b'}]}",
      "{'type':'dynamiclist','path':'l','components':[{'type':'textfield','key':'a'},"
          + "{'type':'dynamiclist','path':'inner','allowAddRemove':false,'components':[{'type':'number','key':'x',"
          + "'conditional':{'hide':'=parent.a = null or this.x > 1'}}]}]}");

  @Property(tries = 1500)
  void nothingButFindingsComesBack(@ForAll("objects") JsonNode answers, @ForAll("objects") JsonNode data) {
    @SuppressWarnings("unchecked")
    Map<String, Object> given = (Map<String, Object>) Plain.of(data);
    try {
      Answers checked = FORM.check(answers, given, Forms.SURROUNDINGS);
      assertThat(checked.values().get("c")).isEqualTo(true);
    } catch (InvalidInput e) {
      assertThat(e.errors()).isNotEmpty().hasSizeLessThanOrEqualTo(100)
          .allSatisfy(f -> assertThat(f.field()).startsWith("answers"));
    }
  }

  @Property(tries = 500)
  void anyTextIsAFormOrIsRefused(@ForAll("objects") JsonNode form, @ForAll String text) {
    for (String json : List.of(text, form.toString(),
        "{\"type\":\"default\",\"components\":[" + form + "]}",
        "{\"type\":\"default\",\"components\":[{\"type\":\"textfield\",\"key\":\"a\",\"validate\":" + form + "}]}",
        "{\"type\":\"default\",\"components\":[{\"type\":\"select\",\"key\":\"a\",\"values\":[" + form + "]}]}")) {
      try {
        FormSchema.parse(json);
      } catch (InvalidInput e) {
        assertThat(e.errors()).isNotEmpty();
      }
    }
  }

  @Provide
  Arbitrary<JsonNode> objects() {
    return object(value(3));
  }

  private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(19, Arbitraries.of(KEYS)),
        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(6))), values).ofMaxSize(12).map(map -> {
          var node = JSON.objectNode();
          map.forEach(node::set);
          return node;
        });
  }

  private static Arbitrary<JsonNode> value(int depth) {
    List<Arbitrary<? extends JsonNode>> kinds = new ArrayList<>(List.of(
        Arbitraries.just(JSON.nullNode()),
        Arbitraries.of(true, false).map(JSON::booleanNode),
        Arbitraries.integers().between(-3, 12).map(JSON::numberNode),
        Arbitraries.longs().map(JSON::numberNode),
        Arbitraries.doubles().map(JSON::numberNode),
        Arbitraries.bigDecimals().map(JSON::numberNode),
        Arbitraries.strings().ofMaxLength(20).map(JSON::textNode),
        Arbitraries.of("", "a", "a@b.cn", "2026-04-01", "2026-04-01T10:00+08:00", "10:00", "a1", "\ud800", "12.5",
            "1e5", "=x", "\u0000").map(JSON::textNode)));
    if (depth > 0) {
      kinds.add(object(Arbitraries.lazy(() -> value(depth - 1))));
      kinds.add(Arbitraries.lazy(() -> value(depth - 1)).list().ofMaxSize(4).map(list -> {
        var node = JSON.arrayNode();
        list.forEach(node::add);
        return node;
      }));
    }
    return Arbitraries.oneOf(kinds.stream().map(k -> k.map(n -> (JsonNode) n)).toList());
  }
}
