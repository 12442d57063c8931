package org.closedloop.worklist.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.worklist.form.Forms.answers;
import static org.closedloop.worklist.form.Forms.fault;
import static org.closedloop.worklist.form.Forms.faults;
import static org.closedloop.worklist.form.Forms.form;
import static org.closedloop.worklist.form.Forms.kept;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One good and several bad answers for every component and every rule of a form. */
class AnswersTest {

  private static FormSchema x(String rest) {
    return form("{'key':'x','label':'事由'," + rest + "}");
  }

  @Test
  void aTextFieldTakesOneLineOfText() {
    FormSchema form = x("'type':'textfield'");
    assertThat(kept(form, "'路灯不亮 😀 שלום <b>'")).isEqualTo("路灯不亮 😀 שלום <b>");
    assertThat(kept(form, "'一\\n二\\t三'")).isEqualTo("一 二 三");
    assertThat(answers(form, "{'x':''}").values()).isEmpty();
    assertThat(answers(form, "{'x':null}").values()).isEmpty();
    assertThat(answers(form, "{}").values()).isEmpty();
    assertThat(fault(form, "5")).isEqualTo("“事由”须为文字");
    assertThat(fault(form, "true")).contains("须为文字");
    assertThat(fault(form, "['a']")).contains("须为文字");
    assertThat(fault(form, "{'a':1}")).contains("须为文字");
    assertThat(fault(form, "'a\\u0000b'")).contains("控制字符");
    assertThat(fault(form, "'a\\u009bb'")).contains("控制字符");
    assertThat(fault(form, "'a\\rb'")).contains("控制字符");
    assertThat(fault(form, "'\\ud83d'")).contains("不完整的字符");
    assertThat(fault(form, "'\\ude00a'")).contains("不完整的字符");
    assertThat(fault(form, "'" + "长".repeat(501) + "'")).contains("最多 500 个字");
    assertThat(kept(form, "'" + "😀".repeat(500) + "'")).isEqualTo("😀".repeat(500));
  }

  @Test
  void aTextAreaKeepsItsLines() {
    FormSchema form = x("'type':'textarea'");
    assertThat(kept(form, "'一\\r\\n二\\t三'")).isEqualTo("一\n二\t三");
    assertThat(fault(form, "'" + "a".repeat(10_001) + "'")).contains("最多 10000 个字");
    assertThat(fault(form, "'" + "a".repeat(10_000_000) + "'")).contains("文字过长");
    assertThat(kept(x("'type':'textarea','validate':{'maxLength':20000}"), "'" + "a".repeat(15_000) + "'"))
        .isEqualTo("a".repeat(15_000));
  }

  @Test
  void lengthsAreCountedAsPeopleCount() {
    FormSchema form = x("'type':'textfield','validate':{'minLength':3,'maxLength':5}");
    assertThat(kept(form, "'三个字'")).isEqualTo("三个字");
    assertThat(kept(form, "'  😀😀😀  '")).isEqualTo("  😀😀😀  ");
    assertThat(kept(form, "''")).isNull();
    assertThat(fault(form, "'两字'")).isEqualTo("“事由”至少 3 个字，现有 2 个");
    assertThat(fault(form, "'有六个字的话'")).isEqualTo("“事由”最多 5 个字，现有 6 个");
    FormSchema computed = form("{'type':'number','key':'n'}",
        "{'type':'textfield','key':'x','validate':{'maxLength':'=n * 2','minLength':'=n'}}");
    assertThat(faults(computed, "{'n':2,'x':'12345'}")).containsOnlyKeys("answers.x");
    assertThat(faults(computed, "{'n':2,'x':'1'}")).containsOnlyKeys("answers.x");
    assertThat(faults(computed, "{'n':2,'x':'123'}")).isEmpty();
    assertThat(faults(computed, "{'x':'123'}")).isEmpty();
  }

  @Test
  void aRequiredQuestionIsNotAnsweredByBlanks() {
    FormSchema form = x("'type':'textfield','validate':{'required':true}");
    assertThat(kept(form, "'好'")).isEqualTo("好");
    assertThat(faults(form, "{}")).containsEntry("answers.x", "“事由”必填");
    assertThat(fault(form, "null")).contains("必填");
    assertThat(fault(form, "''")).contains("必填");
    assertThat(fault(form, "' \\u3000\\u00a0'")).contains("必填");
    for (String type : List.of("number", "datetime", "filepicker", "textarea")) {
      assertThat(faults(x("'type':'" + type + "','validate':{'required':true}"), "{}")).containsOnlyKeys("answers.x");
    }
    for (String type : List.of("select", "radio", "checklist", "taglist")) {
      FormSchema choice = x("'type':'" + type + "','values':[{'value':'a'}],'validate':{'required':true}");
      assertThat(faults(choice, "{'x':null}")).containsEntry("answers.x", "“事由”必填");
      assertThat(faults(choice, type.endsWith("list") ? "{'x':[]}" : "{'x':''}")).containsOnlyKeys("answers.x");
    }
    assertThat(kept(x("'type':'number','validate':{'required':true}"), "0")).isEqualTo(0L);
  }

  @Test
  void aPatternIsSearchedForAsTheBrowserDoes() {
    FormSchema part = x("'type':'textfield','validate':{'pattern':'[0-9]{3}'}");
    assertThat(kept(part, "'ab123cd'")).isEqualTo("ab123cd");
    assertThat(fault(part, "'ab12cd'")).contains("格式不符合要求");
    FormSchema whole = x("'type':'textfield','validate':{'pattern':'^[\\\\u4e00-\\\\u9fa5]+$',"
        + "'patternErrorMessage':'只能填写汉字'}");
    assertThat(kept(whole, "'汉字'")).isEqualTo("汉字");
    assertThat(fault(whole, "'汉字a'")).isEqualTo("“事由”只能填写汉字");
  }

  @Test
  void aHostilePatternAndTextEndSoon() {
    FormSchema form = x("'type':'textarea','validate':{'pattern':'^(a+)+$','maxLength':100000}");
    long before = System.nanoTime();
    assertThat(fault(form, "'" + "a".repeat(99_999) + "!'")).contains("格式");
    assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
  }

  @Test
  void anEmailAddressAndATelephoneNumberHaveTheirForms() {
    FormSchema email = x("'type':'textfield','validate':{'validationType':'email'}");
    assertThat(kept(email, "'li.si+1@kelan.gov.cn'")).isEqualTo("li.si+1@kelan.gov.cn");
    for (String bad : List.of("li.si", "li@", "@kelan.cn", "a b@c.cn", "a@-c.cn", "a@c..cn")) {
      assertThat(fault(email, "'" + bad + "'")).contains("电子邮箱");
    }
    FormSchema phone = x("'type':'textfield','validate':{'validationType':'phone'}");
    for (String good : List.of("13800138000", "0350-4520001", "03504520001", "+8613800138000", "008613800138000",
        "+4930664040900")) {
      assertThat(kept(phone, "'" + good + "'")).isEqualTo(good);
    }
    for (String bad : List.of("12345", "1380013800a", "+0123456789", "23800138000", "１３８００１３８０００")) {
      assertThat(fault(phone, "'" + bad + "'")).contains("电话号码");
    }
  }

  @Test
  void aNumberIsANumber() {
    FormSchema form = x("'type':'number'");
    assertThat(kept(form, "12")).isEqualTo(12L);
    assertThat(kept(form, "-1.50")).isEqualTo(-1.5);
    assertThat(kept(form, "1e3")).isEqualTo(1000L);
    assertThat(kept(form, "0.0")).isEqualTo(0L);
    assertThat(kept(form, "9007199254740991")).isEqualTo(9007199254740991L);
    for (String bad : List.of("'12'", "true", "[1]", "{'a':1}", "9007199254740992", "1e999999999", "-1e400",
        "1e-999999999")) {
      assertThat(fault(form, bad)).as(bad).startsWith("“事由”");
    }
    assertThat(faults(form, "{'x':12}", "{}")).isEmpty();
    assertThat(form.check(Map.of("x", 3), Map.of(), Forms.SURROUNDINGS).values()).containsEntry("x", 3L);
    assertThat(form.check(Map.of("x", 2.5f), Map.of(), Forms.SURROUNDINGS).values()).containsEntry("x", 2.5);
  }

  @Test
  void aNumberThatIsNoNumberIsRefused() {
    FormSchema form = x("'type':'number'");
    org.assertj.core.api.Assertions.assertThatThrownBy(
        () -> form.check(Map.of("x", Double.NaN), Map.of(), Forms.SURROUNDINGS))
        .isInstanceOf(org.closedloop.problem.InvalidInput.class);
  }

  @Test
  void aNumberKeptAsTextHasAnyPrecision() {
    FormSchema form = x("'type':'number','serializeToString':true,'decimalDigits':20");
    assertThat(kept(form, "'123456789012345678901234.12345678901234567890'"))
        .isEqualTo(new BigDecimal("123456789012345678901234.1234567890123456789"));
    assertThat(kept(form, "5")).isEqualTo(new BigDecimal("5"));
    assertThat(kept(form, "'100'")).isEqualTo(new BigDecimal("100"));
    for (String bad : List.of("'1e5'", "'abc'", "'0x10'", "' 1'", "'" + "9".repeat(41) + "'", "'" + "9".repeat(31) + "'",
        "'0.123456789012345678901'")) {
      assertThat(fault(form, bad)).as(bad).startsWith("“事由”");
    }
  }

  @Test
  void aNumberKeepsItsLimitsDecimalsAndSteps() {
    FormSchema form = x("'type':'number','decimalDigits':1,'increment':'0.5','validate':{'min':1,'max':10}");
    assertThat(kept(form, "1")).isEqualTo(1L);
    assertThat(kept(form, "9.5")).isEqualTo(9.5);
    assertThat(fault(form, "0.5")).isEqualTo("“事由”不得小于 1");
    assertThat(fault(form, "10.5")).isEqualTo("“事由”不得大于 10");
    assertThat(fault(form, "1.3")).isEqualTo("“事由”须为 0.5 的倍数，如 1 或 1.5");
    assertThat(faults(form, "{'x':1.55}")).containsOnlyKeys("answers.x");
    assertThat(fault(x("'type':'number','decimalDigits':0"), "1.5")).contains("须为整数");
    FormSchema computed = form("{'type':'number','key':'limit'}",
        "{'type':'number','key':'x','validate':{'max':'=limit','min':'=limit - 2'}}");
    assertThat(faults(computed, "{'limit':5,'x':6}")).containsEntry("answers.x", "“x”不得大于 5");
    assertThat(faults(computed, "{'limit':5,'x':2}")).containsEntry("answers.x", "“x”不得小于 3");
    assertThat(faults(computed, "{'x':2}")).isEmpty();
    FormSchema fromData = x("'type':'number','validate':{'max':'=most'}");
    assertThat(faults(fromData, "{'x':6}", "{'most':5}")).containsOnlyKeys("answers.x");
    assertThat(faults(fromData, "{'x':5}", "{'most':5}")).isEmpty();
    assertThat(faults(fromData, "{'x':5}", "{'most':'five'}").get("answers.x")).contains("无法计算");
  }

  @Test
  void aCheckboxIsTrueOrFalse() {
    FormSchema form = x("'type':'checkbox'");
    assertThat(kept(form, "true")).isEqualTo(true);
    assertThat(kept(form, "false")).isEqualTo(false);
    assertThat(answers(form, "{}").values()).containsEntry("x", false);
    for (String bad : List.of("'true'", "1", "'on'", "[true]", "''")) {
      assertThat(fault(form, bad)).as(bad).contains("true 或 false");
    }
    FormSchema required = x("'type':'checkbox','validate':{'required':true}");
    assertThat(kept(required, "true")).isEqualTo(true);
    assertThat(fault(required, "false")).contains("须勾选");
    assertThat(faults(required, "{}")).containsOnlyKeys("answers.x");
  }

  @Test
  void oneOfTheOptionsMayBeChosen() {
    for (String type : List.of("radio", "select")) {
      FormSchema form = x("'type':'" + type + "','values':[{'label':'是','value':'yes'},{'value':'no'},3,true]");
      assertThat(kept(form, "'yes'")).isEqualTo("yes");
      assertThat(kept(form, "3.0")).isEqualTo(3);
      assertThat(kept(form, "true")).isEqualTo(true);
      assertThat(fault(form, "'是'")).isEqualTo("“事由”须从所列选项中选择 (yes, no, 3, true)");
      assertThat(fault(form, "'3'")).contains("选项");
      assertThat(fault(form, "['yes']")).contains("只能选择一项");
      assertThat(fault(form, "{'value':'yes'}")).contains("选项");
    }
  }

  @Test
  void severalOfTheOptionsMayBeChosen() {
    for (String type : List.of("checklist", "taglist")) {
      FormSchema form = x("'type':'" + type + "','values':[{'label':'甲','value':'a'},{'label':'乙','value':'b'}]");
      assertThat(kept(form, "['b','a']")).isEqualTo(List.of("b", "a"));
      assertThat(answers(form, "{'x':[]}").values()).isEmpty();
      assertThat(fault(form, "['a','a']")).contains("重复");
      assertThat(fault(form, "['a','c']")).contains("选项");
      assertThat(fault(form, "'a'")).contains("数组");
      assertThat(fault(form, "{'0':'a'}")).contains("数组");
      assertThat(fault(form, "[null]")).contains("选项");
      assertThat(fault(form, "[['a']]")).contains("选项");
    }
  }

  @Test
  void optionsMayComeFromTheServersDataOnly() {
    FormSchema form = x("'type':'select','valuesKey':'units'");
    String units = "{'units':[{'label':'公安局','value':'140929-ga'},{'label':'水利局','value':'140929-sl'}]}";
    assertThat(answers(form, "{'x':'140929-sl'}", units).values()).containsEntry("x", "140929-sl");
    assertThat(faults(form, "{'x':'140929-jt'}", units)).containsOnlyKeys("answers.x");
    assertThat(faults(form, "{'x':'140929-sl'}").get("answers.x")).contains("没有可选项");
    assertThat(faults(form, "{'x':'e','units':[{'label':'e','value':'e'}]}", units))
        .containsOnlyKeys("answers.x", "answers.units");
    assertThat(form.check(Map.of("x", "a"), Map.of("units", List.of(new Option("甲", "a"))), Forms.SURROUNDINGS)
        .values()).containsEntry("x", "a");
  }

  record Option(String label, String value) {}

  @Test
  void optionsMayBeComputed() {
    FormSchema form = x("'type':'taglist','valuesExpression':'=for u in units return {label: u.name, value: u.code}'");
    String units = "{'units':[{'name':'公安局','code':'ga'},{'name':'水利局','code':'sl'}]}";
    assertThat(answers(form, "{'x':['sl']}", units).values()).containsEntry("x", List.of("sl"));
    assertThat(faults(form, "{'x':['jt']}", units)).containsOnlyKeys("answers.x");
    assertThat(faults(form, "{'x':['sl']}")).containsOnlyKeys("answers.x");
  }

  @Test
  void anOptionMayBeAnObjectButOnlyAsTheServerKnowsIt() {
    FormSchema form = x("'type':'select','values':[{'label':'甲','value':{'code':1,'name':'n'}}]");
    assertThat(kept(form, "{'name':'n','code':1.0}")).isEqualTo(Map.of("code", 1, "name", "n"));
    assertThat(fault(form, "{'name':'n','code':1,'more':2}")).contains("选项");
  }

  @Test
  void aDateIsACalendarDay() {
    FormSchema form = x("'type':'datetime','subtype':'date'");
    assertThat(kept(form, "'2024-02-29'")).isEqualTo(LocalDate.of(2024, 2, 29));
    for (String bad : List.of("'2026-02-29'", "'2026-2-1'", "'2026-03-10T00:00'", "'明天'", "20260310", "'0001-01-01'",
        "'+12026-01-01'", "'2026-13-01'", "['2026-01-01']")) {
      assertThat(fault(form, bad)).as(bad).contains("有效的日期");
    }
  }

  @Test
  void aPassedDayIsRefusedWhereTheFormSaysSo() {
    FormSchema form = x("'type':'datetime','subtype':'date','disallowPassedDates':true");
    assertThat(kept(form, "'2026-03-10'")).isEqualTo(LocalDate.of(2026, 3, 10));
    assertThat(fault(form, "'2026-03-09'")).isEqualTo("“事由”不得早于今天 2026-03-10");
    FormSchema moment = x("'type':'datetime','subtype':'datetime','disallowPassedDates':true,"
        + "'timeSerializingFormat':'utc_offset'");
    assertThat(kept(moment, "'2026-03-09T16:30Z'")).isEqualTo("2026-03-09T16:30Z");
    assertThat(fault(moment, "'2026-03-09T15:30Z'")).contains("不得早于今天");
  }

  @Test
  void aDateBoundToAnAllowanceLiesBetweenTomorrowAndItsEnd() {
    FormSchema form = x("'type':'datetime','subtype':'date','properties':{'within':'suspension'}");
    assertThat(kept(form, "'2026-06-08'")).isEqualTo(LocalDate.of(2026, 6, 8));
    assertThat(kept(form, "'2026-03-11'")).isNotNull();
    assertThat(fault(form, "'2026-06-09'")).isEqualTo("“事由”须晚于今天 2026-03-10，且不晚于 2026-06-08");
    assertThat(fault(form, "'2026-03-10'")).contains("须晚于今天");
    assertThat(fault(x("'type':'datetime','properties':{'within':'nowhere'}"), "'2026-04-01'")).contains("时限表");
  }

  @Test
  void timesAreWrittenAsTheFormSays() {
    FormSchema local = x("'type':'datetime','subtype':'time'");
    assertThat(kept(local, "'14:30'")).isEqualTo("14:30");
    for (String bad : List.of("'24:00'", "'14:60'", "'2:30'", "'14:30Z'", "870")) {
      assertThat(fault(local, bad)).as(bad).contains("14:30");
    }
    FormSchema offset = x("'type':'datetime','subtype':'time','timeSerializingFormat':'utc_offset'");
    assertThat(kept(offset, "'14:30+08:00'")).isEqualTo("14:30+08:00");
    assertThat(fault(offset, "'14:30'")).contains("14:30+08:00");
    FormSchema utc = x("'type':'datetime','subtype':'time','timeSerializingFormat':'utc_normalized'");
    assertThat(kept(utc, "'06:30Z'")).isEqualTo("06:30Z");
    assertThat(fault(utc, "'06:30+08:00'")).contains("06:30Z");
    FormSchema moment = x("'type':'datetime','subtype':'datetime'");
    assertThat(kept(moment, "'2026-03-10T14:30'")).isEqualTo("2026-03-10T14:30");
    for (String bad : List.of("'2026-03-10'", "'2026-03-10T14:30+08:00'", "'2026-02-30T14:30'", "'2026-03-10 14:30'")) {
      assertThat(fault(moment, bad)).as(bad).contains("2026-01-31T14:30");
    }
    FormSchema zoned = x("'type':'datetime','subtype':'datetime','timeSerializingFormat':'utc_offset'");
    assertThat(kept(zoned, "'2026-03-10T14:30+08:00'")).isEqualTo("2026-03-10T14:30+08:00");
    assertThat(fault(zoned, "'2026-03-10T14:30+99:00'")).contains("有效");
  }

  @Test
  void filesAreNamedByTheirAttachmentIds() {
    FormSchema one = x("'type':'filepicker','accept':'.jpg,application/pdf'");
    assertThat(kept(one, "['a1']")).isEqualTo(List.of("a1"));
    assertThat(kept(one, "['a2']")).isEqualTo(List.of("a2"));
    assertThat(answers(one, "{'x':[]}").values()).isEmpty();
    assertThat(fault(one, "['a1','a2']")).contains("只能有一个附件");
    assertThat(fault(one, "['zz']")).contains("没有这个附件");
    assertThat(fault(one, "['../etc/passwd']")).contains("附件编号");
    assertThat(fault(one, "'a1'")).contains("附件编号");
    assertThat(fault(one, "[5]")).contains("附件编号");
    FormSchema pictures = x("'type':'filepicker','multiple':true,'accept':'image/*'");
    assertThat(kept(pictures, "['a1']")).isEqualTo(List.of("a1"));
    assertThat(fault(pictures, "['a1','a2']")).contains("附件类型须为 image/*");
    assertThat(fault(pictures, "['a1','a1']")).contains("不能重复");
    FormSchema computed = form("{'type':'checkbox','key':'many'}", "{'type':'filepicker','key':'x','multiple':'=many'}");
    assertThat(faults(computed, "{'many':true,'x':['a1','a2']}")).isEmpty();
    assertThat(faults(computed, "{'many':false,'x':['a1','a2']}")).containsOnlyKeys("answers.x");
  }

  @Test
  void keysTheFormDoesNotHaveAreRefused() {
    FormSchema form = form("{'type':'textfield','key':'x'}", "{'type':'textfield','key':'a.b'}",
        "{'type':'text','text':'hello'}", "{'type':'button','key':'go'}");
    assertThat(faults(form, "{'x':'1','y':'2','__proto__':{'z':1},'go':1,'a':{'b':'1','c':'2'}}"))
        .containsOnlyKeys("answers.y", "answers.__proto__", "answers.go", "answers.a.c");
    assertThat(faults(form, "{'a':'b'}")).containsEntry("answers.a", "须为 JSON 对象");
    assertThat(faults(form, "{'a.b':'1'}")).containsOnlyKeys("answers.a.b");
    assertThat(faults(form, "{'<img onerror=1>\\u0000\\ud800':1}")).containsOnlyKeys("answers.?img?onerror?1???");
    assertThat(answers(form, "{'a':{'b':'1'}}").values()).containsEntry("a", Map.of("b", "1"));
    assertThat(answers(form, "{'a':null}").values()).isEmpty();
  }

  @Test
  void hiddenQuestionsAreNotAskedAndCannotBeAnswered() {
    FormSchema form = form(
        "{'type':'radio','key':'result','values':[{'value':'accept'},{'value':'refuse'}],'validate':{'required':true}}",
        "{'type':'textarea','key':'reason','label':'不予受理理由','validate':{'required':true},"
            + "'conditional':{'hide':'=result != \\\"refuse\\\"'}}");
    assertThat(answers(form, "{'result':'accept'}").values()).containsOnlyKeys("result");
    assertThat(answers(form, "{'result':'accept','reason':''}").values()).containsOnlyKeys("result");
    assertThat(answers(form, "{'result':'accept','reason':null}").values()).containsOnlyKeys("result");
    assertThat(faults(form, "{'result':'accept','reason':'x'}").get("answers.reason")).contains("不需要填写");
    assertThat(faults(form, "{'result':'accept','reason':5}").get("answers.reason")).contains("不需要填写");
    assertThat(faults(form, "{'result':'refuse'}")).containsEntry("answers.reason", "“不予受理理由”必填");
    assertThat(faults(form, "{'result':'refuse','reason':'不属于本县'}")).isEmpty();
    assertThat(faults(form, "{}")).containsOnlyKeys("answers.result");
  }

  @Test
  void aConditionThatFailsHidesNothing() {
    FormSchema form = form("{'type':'textfield','key':'x','validate':{'required':true},"
        + "'conditional':{'hide':'=nobody.knows(this) + 1'}}");
    assertThat(faults(form, "{}")).containsOnlyKeys("answers.x");
  }

  @Test
  void whatHidesAlsoHidesWhatHangsOnIt() {
    FormSchema form = form("{'type':'checkbox','key':'a'}",
        "{'type':'textfield','key':'b','conditional':{'hide':'=a'}}",
        "{'type':'textfield','key':'c','validate':{'required':true},'conditional':{'hide':'=b = \\\"x\\\"'}}");
    assertThat(faults(form, "{'a':false,'b':'x'}")).isEmpty();
    assertThat(faults(form, "{'a':true}")).containsOnlyKeys("answers.c");
    assertThat(faults(form, "{'a':true,'b':'x','c':'1'}")).containsOnlyKeys("answers.b");
  }

  @Test
  void groupsNestAndHideWithTheirContents() {
    FormSchema form = form("{'type':'checkbox','key':'anonymous'}",
        "{'type':'group','path':'contact','conditional':{'hide':'=anonymous'},'components':["
            + "{'type':'textfield','key':'name','validate':{'required':true}},"
            + "{'type':'group','components':[{'type':'textfield','key':'phone'}]},"
            + "{'type':'group','path':'home.address','components':[{'type':'textfield','key':'street'}]}]}");
    assertThat(answers(form, "{'contact':{'name':'张三','phone':'1','home':{'address':{'street':'s'}}}}").values())
        .containsEntry("contact", Map.of("name", "张三", "phone", "1", "home", Map.of("address", Map.of("street", "s"))));
    assertThat(faults(form, "{}")).containsOnlyKeys("answers.contact.name");
    assertThat(faults(form, "{'anonymous':true}")).isEmpty();
    assertThat(faults(form, "{'anonymous':true,'contact':{'name':'','phone':null}}")).isEmpty();
    assertThat(faults(form, "{'anonymous':true,'contact':{'name':'张三'}}")).containsOnlyKeys("answers.contact.name");
    assertThat(faults(form, "{'anonymous':true,'contact':{'x':1}}")).containsOnlyKeys("answers.contact.x");
    assertThat(faults(form, "{'anonymous':true,'contact':[]}")).containsOnlyKeys("answers.contact");
    assertThat(form.fields()).extracting(Field::path)
        .containsExactly("anonymous", "contact.name", "contact.phone", "contact.home.address.street");
  }

  private static final FormSchema MEASURES = form("{'type':'checkbox','key':'none'}",
      "{'type':'dynamiclist','path':'measures','label':'措施','conditional':{'hide':'=none'},'components':["
          + "{'type':'textfield','key':'text','validate':{'required':true}},"
          + "{'type':'number','key':'cost'},"
          + "{'type':'textfield','key':'why','validate':{'required':true},"
          + "'conditional':{'hide':'=this.cost = null or this.cost < 100'}},"
          + "{'type':'dynamiclist','path':'steps','components':[{'type':'textfield','key':'what',"
          + "'conditional':{'hide':'=parent.text = \\\"no\\\" or i[1] > 2'}}]}]}");

  @Test
  void rowsOfAListAreCheckedOneByOne() {
    assertThat(answers(MEASURES, "{'measures':[{'text':'a'},{'text':'b','cost':200,'why':'w','steps':[{'what':'1'}]}]}")
        .values().get("measures")).isEqualTo(List.of(Map.of("text", "a"),
            Map.of("text", "b", "cost", 200L, "why", "w", "steps", List.of(Map.of("what", "1")))));
    assertThat(answers(MEASURES, "{}").values()).containsOnlyKeys("none");
    assertThat(answers(MEASURES, "{'measures':[]}").values()).containsOnlyKeys("none");
    assertThat(faults(MEASURES, "{'measures':[{},{'text':'b','cost':200},{'text':'c','why':'x'}]}"))
        .containsOnlyKeys("answers.measures[0].text", "answers.measures[1].why", "answers.measures[2].why");
    assertThat(faults(MEASURES, "{'measures':[{'text':'no','steps':[{'what':'x'}]}]}"))
        .containsOnlyKeys("answers.measures[0].steps[0].what");
    assertThat(faults(MEASURES, "{'measures':[{'text':'a'},{'text':'b'},{'text':'c','steps':[{'what':'x'}]}]}"))
        .containsOnlyKeys("answers.measures[2].steps[0].what");
    assertThat(faults(MEASURES, "{'measures':{'text':'b'}}")).containsOnlyKeys("answers.measures");
    assertThat(faults(MEASURES, "{'measures':['b',5,null]}"))
        .containsKeys("answers.measures[0]", "answers.measures[1]", "answers.measures[2]");
    assertThat(faults(MEASURES, "{'measures':[{'text':'b','x':1}]}")).containsOnlyKeys("answers.measures[0].x");
    assertThat(faults(MEASURES, "{'none':true,'measures':[{'text':'b'}]}"))
        .containsOnlyKeys("answers.measures[0].text");
    assertThat(faults(MEASURES, "{'none':true,'measures':[]}")).isEmpty();
    assertThat(faults(MEASURES, "{'measures':[" + "{'text':'a'},".repeat(200) + "{'text':'a'}]}"))
        .containsEntry("answers.measures", "“措施”最多 200 行");
  }

  @Test
  void aListOfFixedLengthKeepsItsLength() {
    FormSchema form = form("{'type':'dynamiclist','path':'l','allowAddRemove':false,'defaultRepetitions':2,"
        + "'components':[{'type':'textfield','key':'a','validate':{'required':true}}]}");
    assertThat(faults(form, "{'l':[{'a':'1'},{'a':'2'}]}")).isEmpty();
    assertThat(faults(form, "{'l':[{'a':'1'}]}").get("answers.l")).contains("正好 2 行");
    assertThat(faults(form, "{}")).containsOnlyKeys("answers.l[0].a", "answers.l[1].a");
    assertThat(faults(form, "{'l':[{'a':'1'}]}", "{'l':[{'a':'0'}]}")).isEmpty();
  }

  @Test
  void readOnlyAndDisabledQuestionsKeepTheirValue() {
    FormSchema form = form("{'type':'textfield','key':'title','readonly':true}",
        "{'type':'number','key':'round','disabled':true}",
        "{'type':'textfield','key':'note','readonly':'=round > 1','defaultValue':'d'}");
    String data = "{'title':'路灯','round':2}";
    assertThat(answers(form, "{}", data).values()).isEqualTo(Map.of("title", "路灯", "note", "d"));
    assertThat(answers(form, "{'title':'路灯','round':2.0,'note':'d'}", data).values()).containsOnlyKeys("title", "note");
    assertThat(answers(form, "{'title':'','round':null}", data).values()).containsEntry("title", "路灯");
    assertThat(faults(form, "{'title':'别的','round':3,'note':'x'}", data))
        .containsOnlyKeys("answers.title", "answers.round", "answers.note");
    assertThat(faults(form, "{'title':'路灯','note':'x'}", "{'title':'路灯','round':1}")).isEmpty();
    assertThat(faults(form, "{'title':'x'}", "{}")).containsOnlyKeys("answers.title");
  }

  @Test
  void readOnlyQuestionsInRowsMayMoveButNotChange() {
    FormSchema form = form("{'type':'dynamiclist','path':'l','components':[{'type':'textfield','key':'unit',"
        + "'readonly':true},{'type':'number','key':'mark'}]}");
    String data = "{'l':[{'unit':'公安局'},{'unit':'水利局'}]}";
    assertThat(answers(form, "{'l':[{'unit':'水利局','mark':5}]}", data).values())
        .containsEntry("l", List.of(Map.of("unit", "水利局", "mark", 5L)));
    assertThat(faults(form, "{'l':[{'unit':'交通局'}]}", data)).containsOnlyKeys("answers.l[0].unit");
  }

  @Test
  void aDefaultFillsAnOptionalQuestionThatWasLeftOut() {
    FormSchema form = form("{'type':'textfield','key':'a','defaultValue':'d'}",
        "{'type':'select','key':'b','defaultValue':'o','values':[{'value':'o'}]}",
        "{'type':'textfield','key':'c','defaultValue':'d','validate':{'required':true}}");
    assertThat(answers(form, "{'c':'1'}").values()).isEqualTo(Map.of("a", "d", "b", "o", "c", "1"));
    assertThat(answers(form, "{'c':'1','a':'','b':null}").values()).isEqualTo(Map.of("c", "1"));
    assertThat(faults(form, "{}")).containsOnlyKeys("answers.c");
  }

  @Test
  void computedValuesAreComputedHereWhateverWasSent() {
    FormSchema form = form("{'type':'number','key':'a'}", "{'type':'number','key':'b'}",
        "{'type':'expression','key':'total','expression':'=a + b','properties':{'route':'true'}}",
        "{'type':'textfield','key':'why','validate':{'required':true},'conditional':{'hide':'=total < 10'}}");
    Answers answers = answers(form, "{'a':1,'b':2,'total':1000}");
    assertThat(((Number) answers.values().get("total")).intValue()).isEqualTo(3);
    assertThat(answers.routes()).containsKey("total");
    assertThat(faults(form, "{'a':9,'b':2}")).containsOnlyKeys("answers.why");
    assertThat(answers(form, "{'a':1,'why':'b 不详'}").values()).containsOnlyKeys("a", "why");
  }

  @Test
  void routesAndPublicAnswersAreTold() {
    FormSchema form = form(
        "{'type':'radio','key':'result','label':'结果','values':[{'label':'办结','value':'done'},{'label':'退回','value':'back'}],"
            + "'properties':{'route':'true','public':'true'}}",
        "{'type':'checkbox','key':'solved','label':'解决','properties':{'public':'true','route':'true'}}",
        "{'type':'textarea','key':'note'}",
        "{'type':'textfield','key':'reason','properties':{'route':'true'}}",
        "{'type':'group','path':'place','components':[{'type':'textfield','key':'spot','properties':{'route':'true'}}]}");
    Answers answers = answers(form, "{'result':'done','note':'内部','place':{'spot':'s'}}");
    java.util.Map<String, Object> routes = new java.util.HashMap<>(Map.of("result", "done", "solved", false, "spot", "s"));
    routes.put("reason", null);
    assertThat(answers.routes()).isEqualTo(routes);
    assertThat(answers.open()).containsExactly(new Answers.Open("result", "结果", "办结"),
        new Answers.Open("solved", "解决", "否"));
    assertThat(form.fields().get(0)).satisfies(f -> {
      assertThat(f.label()).isEqualTo("结果");
      assertThat(f.type()).isEqualTo("radio");
      assertThat(f.route()).isTrue();
      assertThat(f.open()).isTrue();
    });
  }

  @Test
  void whatAFormBeganWithIsNotForgottenBecauseItWasLeftOut() {
    FormSchema form = form("{'type':'textfield','key':'urgency','properties':{'route':'true'}}",
        "{'type':'textfield','key':'other','properties':{'route':'true'}}");
    assertThat(answers(form, "{}", "{'urgency':'urgent'}").routes()).containsOnlyKeys("other").containsEntry("other", null);
    assertThat(answers(form, "{'urgency':''}", "{'urgency':'urgent'}").routes()).containsEntry("urgency", null);
    assertThat(answers(form, "{'urgency':'x'}", "{'urgency':'urgent'}").routes()).containsEntry("urgency", "x");
  }

  @Test
  void whatIsTooDeepOrTooManyIsRefusedAtOnce() {
    FormSchema form = x("'type':'textfield'");
    assertThat(faults(form, "{'x':" + "[".repeat(500) + "]".repeat(500) + "}")).containsOnlyKeys("answers");
    assertThat(faults(form, "{'x':[" + "1,".repeat(30_000) + "1]}")).containsOnlyKeys("answers");
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 1_000; i++) {
      many.append("'k").append(i).append("':1,");
    }
    assertThat(faults(form, many + "'x':'1'}")).hasSize(100);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> form.check(Forms.json("[1]"), Map.of(), Forms.SURROUNDINGS))
        .isInstanceOf(org.closedloop.problem.InvalidInput.class);
  }

  @Test
  void everyFindingSpeaksBothLanguages() {
    FormSchema form = x("'type':'number','validate':{'min':5}");
    try {
      answers(form, "{'x':1,'y':2}");
    } catch (org.closedloop.problem.InvalidInput e) {
      assertThat(e.errors()).extracting(f -> f.field() + " " + f.message().en())
          .containsExactlyInAnyOrder("answers.y the form has no such field; leave it out",
              "answers.x 事由: must be at least 5");
      return;
    }
    throw new AssertionError("accepted");
  }
}
