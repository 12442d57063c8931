package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.DefaultArtifactFactory;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.Variables;
import org.closedloop.engine.check.Finding;
import org.closedloop.engine.check.ModelCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Everything we know by which a model, a query or a value has ever got Camunda to run code, tried for real: deployed,
 * started, evaluated, queried. On the product's engine nothing may run, with all walls and with the outer ones taken
 * away. On an engine as it is shipped much of it does run, which shows that the attempts are good.
 */
@Timeout(300)
class CodeExecutionTest {

  private static final String CLASS = "org.closedloop.engine.Canary";
  private static final String REFLECTION =
      "''.getClass().forName('" + CLASS + "').getMethod('strike').invoke(null)";
  private static final List<String> EXPRESSIONS = List.of(
      "${" + REFLECTION + "}",
      "#{" + REFLECTION + "}",
      "${canary.strike()}",
      "${canary.feather}",
      "${execution.getClass().getClassLoader().loadClass('" + CLASS + "').getMethod('strike').invoke(null)}",
      "${''['class'].forName('" + CLASS + "').newInstance()}");

  /** What only the outer walls stop: the engine loads these classes itself, past the artifact factory. */
  private static final List<String> OUTER_WALL_ONLY = List.of("form handler class", "start form handler class",
      "validator class", "static initialiser of a delegate");

  private static ProcessEngine product;
  private static ProcessEngine withoutOuterWalls;
  private static ProcessEngine asShipped;

  @BeforeAll
  static void start() {
    // Hundreds of refusals with their stack traces tell nobody anything.
    ((Logger) LoggerFactory.getLogger("org.camunda")).setLevel(Level.OFF);
    product = TestEngine.with(Words4Tests.vocabulary(), settings -> { });
    withoutOuterWalls = TestEngine.with(Words4Tests.vocabulary(), CodeExecutionTest::takeOuterWallsAway);
    asShipped = TestEngine.with(Words4Tests.vocabulary(), settings -> {
      takeOuterWallsAway(settings);
      settings.setExpressionManager(new JuelExpressionManager(new HashMap<>(Map.of("canary", new Canary()))));
      settings.setArtifactFactory(new DefaultArtifactFactory());
      settings.setScriptEngineResolver(null);
      settings.setEnableExpressionsInAdhocQueries(true);
      settings.setJavaSerializationFormatEnabled(true);
    });
  }

  private static void takeOuterWallsAway(ProcessEngineConfigurationImpl settings) {
    settings.setCustomPreDeployers(null);
    settings.setCustomPostBPMNParseListeners(null);
    settings.setEnforceHistoryTimeToLive(false);
  }

  @AfterAll
  static void stop() {
    product.close();
    withoutOuterWalls.close();
    asShipped.close();
    ((Logger) LoggerFactory.getLogger("org.camunda")).setLevel(null);
  }

  @BeforeEach
  void reset() {
    Canary.reset();
  }

  @Test
  void theCorpusIsLargeEnough() {
    assertThat(processes().size() + decisions().size() + queries().size()).isGreaterThan(60);
  }

  @Test
  void theFrontDoorRefusesEveryProcessAndDecisionThatBringsCode() {
    ModelCheck check = TestEngine.check(Words4Tests.vocabulary());
    processes().forEach((name, xml) -> assertThat(check.check("evil", file("evil.bpmn", xml), ModelCheck.Owners.NOBODY))
        .as(name).anyMatch(Finding::isError));
    decisions().forEach((name, xml) -> assertThat(check.check("evil", file("evil.dmn", xml), ModelCheck.Owners.NOBODY))
        .as(name).anyMatch(Finding::isError));
    assertThat(Canary.struck()).isZero();
  }

  @Test
  void theEngineItselfRefusesThemWhenTheyGoPastTheFrontDoor() {
    List<String> deployed = new ArrayList<>();
    processes().forEach((name, xml) -> attempt(product, "evil.bpmn", xml, () -> deployed.add(name)));
    decisions().forEach((name, xml) -> attempt(product, "evil.dmn", xml, () -> deployed.add(name)));
    assertThat(deployed).isEmpty();
    assertThat(Canary.struck()).isZero();
  }

  @Test
  void nothingRunsEvenWhereTheOuterWallsAreTakenAway() {
    Map<String, Integer> ran = new TreeMap<>();
    processes().forEach((name, xml) -> {
      if (OUTER_WALL_ONLY.stream().noneMatch(name::startsWith)) {
        note(ran, name, () -> attempt(withoutOuterWalls, "evil.bpmn", xml, () -> { }));
      }
    });
    decisions().forEach((name, xml) -> note(ran, name, () -> attempt(withoutOuterWalls, "evil.dmn", xml, () -> { })));
    assertThat(ran).isEmpty();
  }

  @Test
  void noQueryAndNoValueRunsCode() {
    Map<String, Integer> ran = new TreeMap<>();
    for (ProcessEngine engine : List.of(product, withoutOuterWalls)) {
      queries().forEach((name, query) -> note(ran, name, () -> quietly(() -> query.accept(engine))));
      values().forEach((name, value) -> note(ran, name, () -> quietly(() -> value.accept(engine))));
    }
    assertThat(ran).isEmpty();
  }

  @Test
  void onAnEngineAsItIsShippedTheSameAttemptsSucceed() {
    Map<String, Integer> ran = new TreeMap<>();
    processes().forEach((name, xml) -> {
      // One expression for every place is enough to show that the place is dangerous.
      if (!name.matches(".* [2-9]")) {
        note(ran, name, () -> attempt(asShipped, "evil.bpmn", xml, () -> { }));
      }
    });
    decisions().forEach((name, xml) -> note(ran, name, () -> attempt(asShipped, "evil.dmn", xml, () -> { })));
    queries().forEach((name, query) -> note(ran, name, () -> quietly(() -> query.accept(asShipped))));
    assertThat(ran.size()).isGreaterThan(60);
    assertThat(ran.keySet()).anyMatch(name -> name.startsWith("query"))
        .anyMatch(name -> name.startsWith("decision")).anyMatch(name -> name.startsWith("service task class"));
  }

  // ---- the attempts ----

  private static Map<String, String> processes() {
    Map<String, String> all = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    places.put("service task expression", task("serviceTask", "camunda:expression=\"@\"", ""));
    places.put("service task delegate expression", task("serviceTask", "camunda:delegateExpression=\"@\"", ""));
    places.put("send task expression", task("sendTask", "camunda:expression=\"@\"", ""));
    places.put("business rule task expression", task("businessRuleTask", "camunda:expression=\"@\"", ""));
    places.put("decision reference", task("businessRuleTask", "camunda:decisionRef=\"@\"", ""));
    for (String attribute : List.of("assignee", "candidateUsers", "candidateGroups", "dueDate", "followUpDate",
        "priority", "formKey", "formRef")) {
      places.put(attribute, task("userTask", "camunda:" + attribute + "=\"@\"", ""));
    }
    places.put("job priority", task("userTask", "camunda:asyncBefore=\"true\" camunda:jobPriority=\"@\"", ""));
    places.put("task name", task("userTask", "name=\"@\"", ""));
    places.put("task documentation", task("userTask", "", "<bpmn:documentation>@</bpmn:documentation>"));
    places.put("potential owner", task("userTask", "", "<bpmn:potentialOwner><bpmn:resourceAssignmentExpression>"
        + "<bpmn:formalExpression>@</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>"));
    places.put("input parameter", task("userTask", "", io("<camunda:inputParameter name=\"x\">@</camunda:inputParameter>")));
    places.put("input parameter list", task("userTask", "", io("<camunda:inputParameter name=\"x\"><camunda:list>"
        + "<camunda:value>@</camunda:value></camunda:list></camunda:inputParameter>")));
    places.put("input parameter map", task("userTask", "", io("<camunda:inputParameter name=\"x\"><camunda:map>"
        + "<camunda:entry key=\"k\">@</camunda:entry></camunda:map></camunda:inputParameter>")));
    places.put("output parameter", task("userTask", "", io("<camunda:outputParameter name=\"x\">@</camunda:outputParameter>")));
    places.put("input parameter juel script", task("userTask", "", io("<camunda:inputParameter name=\"x\">"
        + "<camunda:script scriptFormat=\"juel\">@</camunda:script></camunda:inputParameter>")));
    places.put("execution listener expression", task("userTask", "", extension(
        "<camunda:executionListener event=\"start\" expression=\"@\"/>")));
    places.put("execution listener delegate", task("userTask", "", extension(
        "<camunda:executionListener event=\"end\" delegateExpression=\"@\"/>")));
    places.put("task listener expression", task("userTask", "", extension(
        "<camunda:taskListener event=\"create\" expression=\"@\"/>")));
    places.put("task listener script", task("userTask", "", extension(
        "<camunda:taskListener event=\"create\"><camunda:script scriptFormat=\"juel\">@</camunda:script>"
            + "</camunda:taskListener>")));
    places.put("task listener timer", task("userTask", "", extension("<camunda:taskListener id=\"l\" event=\"timeout\" "
        + "expression=\"x\"><bpmn:timerEventDefinition><bpmn:timeDuration>@</bpmn:timeDuration>"
        + "</bpmn:timerEventDefinition></camunda:taskListener>")));
    places.put("field injection", task("serviceTask", "camunda:delegateExpression=\"${resumeClock}\"", extension(
        "<camunda:field name=\"x\"><camunda:expression>@</camunda:expression></camunda:field>")));
    places.put("form field default", task("userTask", "", extension("<camunda:formData><camunda:formField id=\"x\" "
        + "label=\"@\" type=\"string\" defaultValue=\"@\"/></camunda:formData>")));
    places.put("loop cardinality", task("userTask", "", "<bpmn:multiInstanceLoopCharacteristics>"
        + "<bpmn:loopCardinality>@</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"));
    places.put("loop collection", task("userTask", "",
        "<bpmn:multiInstanceLoopCharacteristics camunda:collection=\"@\" camunda:elementVariable=\"e\"/>"));
    places.put("completion condition", task("userTask", "", "<bpmn:multiInstanceLoopCharacteristics>"
        + "<bpmn:loopCardinality>2</bpmn:loopCardinality><bpmn:completionCondition>@</bpmn:completionCondition>"
        + "</bpmn:multiInstanceLoopCharacteristics>"));
    places.put("called element", task("callActivity", "calledElement=\"@\"", ""));
    places.put("called element binding", task("callActivity",
        "calledElement=\"x\" camunda:calledElementBinding=\"version\" camunda:calledElementVersion=\"@\"", ""));
    places.put("call in", task("callActivity", "calledElement=\"called\"", extension(
        "<camunda:in sourceExpression=\"@\" target=\"x\"/>")));
    places.put("call business key", task("callActivity", "calledElement=\"called\"", extension(
        "<camunda:in businessKey=\"@\"/>")));
    places.put("variable mapping delegate", task("callActivity",
        "calledElement=\"called\" camunda:variableMappingDelegateExpression=\"@\"", ""));
    places.put("external topic", task("serviceTask", "camunda:type=\"external\" camunda:topic=\"@\"", ""));
    places.put("external error", task("serviceTask", "camunda:type=\"external\" camunda:topic=\"t\"", extension(
        "<camunda:errorEventDefinition id=\"e\" errorRef=\"error\" expression=\"@\"/>")));
    places.put("retry cycle", task("serviceTask", "camunda:asyncBefore=\"true\" camunda:expression=\"${x}\"", extension(
        "<camunda:failedJobRetryTimeCycle>@</camunda:failedJobRetryTimeCycle>")));
    places.put("condition", process("<bpmn:exclusiveGateway id=\"g\"/><bpmn:sequenceFlow id=\"c\" sourceRef=\"g\" "
        + "targetRef=\"end\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">@"
        + "</bpmn:conditionExpression></bpmn:sequenceFlow>", "g", ""));
    places.put("condition script", process("<bpmn:exclusiveGateway id=\"g\"/><bpmn:sequenceFlow id=\"c\" sourceRef=\"g\" "
        + "targetRef=\"end\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"juel\">@"
        + "</bpmn:conditionExpression></bpmn:sequenceFlow>", "g", ""));
    for (String time : List.of("timeDate", "timeDuration", "timeCycle")) {
      places.put("boundary " + time, process("<bpmn:userTask id=\"t\"/><bpmn:boundaryEvent id=\"b\" attachedToRef=\"t\">"
          + "<bpmn:timerEventDefinition><bpmn:" + time + ">@</bpmn:" + time + "></bpmn:timerEventDefinition>"
          + "</bpmn:boundaryEvent>", "t", ""));
      places.put("intermediate " + time, process("<bpmn:intermediateCatchEvent id=\"t\"><bpmn:timerEventDefinition>"
          + "<bpmn:" + time + ">@</bpmn:" + time + "></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>", "t", ""));
    }
    places.put("conditional event", process("<bpmn:intermediateCatchEvent id=\"t\"><bpmn:conditionalEventDefinition>"
        + "<bpmn:condition xsi:type=\"bpmn:tFormalExpression\">@</bpmn:condition></bpmn:conditionalEventDefinition>"
        + "</bpmn:intermediateCatchEvent>", "t", ""));
    places.put("message name", process("<bpmn:intermediateCatchEvent id=\"t\"><bpmn:messageEventDefinition "
        + "messageRef=\"m\"/></bpmn:intermediateCatchEvent>", "t", "<bpmn:message id=\"m\" name=\"@\"/>"));
    places.put("signal name", process("<bpmn:intermediateThrowEvent id=\"t\"><bpmn:signalEventDefinition "
        + "signalRef=\"s\"/></bpmn:intermediateThrowEvent>", "t", "<bpmn:signal id=\"s\" name=\"@\"/>"));
    places.put("message event delegate", process("<bpmn:intermediateThrowEvent id=\"t\"><bpmn:messageEventDefinition "
        + "camunda:delegateExpression=\"@\"/></bpmn:intermediateThrowEvent>", "t", ""));
    places.put("message event expression", process("<bpmn:intermediateThrowEvent id=\"t\"><bpmn:messageEventDefinition "
        + "camunda:expression=\"@\"/></bpmn:intermediateThrowEvent>", "t", ""));
    places.put("juel script task", task("scriptTask", "scriptFormat=\"juel\"", "<bpmn:script>@</bpmn:script>"));
    places.put("script task source", task("scriptTask", "scriptFormat=\"@\" camunda:resource=\"@\"", ""));

    places.forEach((place, xml) -> some(place).forEach((number, expression) ->
        all.put(place + " " + number, xml.replace("@", expression))));
    for (String language : List.of("javascript", "js", "groovy", "python", "graal.js", "ruby", "feel")) {
      all.put(language + " script task", task("scriptTask", "scriptFormat=\"" + language + "\"",
          "<bpmn:script>Java.type('" + CLASS + "').strike()</bpmn:script>"));
    }
    all.put("service task class", task("serviceTask", "camunda:class=\"" + CLASS + "\"", ""));
    all.put("static initialiser of a delegate", task("serviceTask", "camunda:class=\"" + CLASS + "$OnLoad\"", ""));
    all.put("activiti class", task("serviceTask", "xmlns:a=\"http://activiti.org/bpmn\" a:class=\"" + CLASS + "\"", ""));
    all.put("execution listener class", task("userTask", "", extension(
        "<camunda:executionListener event=\"start\" class=\"" + CLASS + "\"/>")));
    all.put("task listener class", task("userTask", "", extension(
        "<camunda:taskListener event=\"create\" class=\"" + CLASS + "\"/>")));
    all.put("variable mapping class", task("callActivity",
        "calledElement=\"called\" camunda:variableMappingClass=\"" + CLASS + "\"", ""));
    all.put("form handler class", task("userTask", "camunda:formHandlerClass=\"" + CLASS + "\"", ""));
    all.put("start form handler class", process("<bpmn:userTask id=\"t\"/>", "t", "").replace("<bpmn:startEvent",
        "<bpmn:startEvent camunda:formHandlerClass=\"" + CLASS + "\""));
    all.put("validator class", task("userTask", "", extension("<camunda:formData><camunda:formField id=\"x\" "
        + "type=\"string\"><camunda:validation><camunda:constraint name=\"validator\" config=\"" + CLASS + "\"/>"
        + "</camunda:validation></camunda:formField></camunda:formData>")));
    all.put("shell task", task("serviceTask", "camunda:type=\"shell\"", extension(
        "<camunda:field name=\"command\" stringValue=\"true\"/>")));
    all.put("mail task", task("serviceTask", "camunda:type=\"mail\"", extension(
        "<camunda:field name=\"to\" stringValue=\"x@example.org\"/><camunda:field name=\"text\" stringValue=\"x\"/>")));
    all.put("connector", task("serviceTask", "", extension(
        "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>")));
    all.put("version tag", process("<bpmn:userTask id=\"t\"/>", "t", "")
        .replace("isExecutable", "camunda:versionTag=\"" + EXPRESSIONS.get(0) + "\" isExecutable"));
    all.put("starter", process("<bpmn:userTask id=\"t\"/>", "t", "")
        .replace("isExecutable", "camunda:candidateStarterUsers=\"" + EXPRESSIONS.get(0) + "\" isExecutable"));
    return all;
  }

  /** The most dangerous expression for every place, and one of the others in turn. */
  private static Map<Integer, String> some(String place) {
    int other = 1 + Math.floorMod(place.hashCode(), EXPRESSIONS.size() - 1);
    return Map.of(1, EXPRESSIONS.get(0), other + 1, EXPRESSIONS.get(other));
  }

  private static String task(String type, String attributes, String inner) {
    return process("<bpmn:" + type + " id=\"t\" " + attributes + ">" + inner + "</bpmn:" + type + ">", "t", "");
  }

  private static String extension(String inner) {
    return "<bpmn:extensionElements>" + inner + "</bpmn:extensionElements>";
  }

  private static String io(String inner) {
    return extension("<camunda:inputOutput>" + inner + "</camunda:inputOutput>");
  }

  private static String process(String inner, String first, String root) {
    boolean leads = inner.contains("targetRef=\"end\"");
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="evil">
          %s<bpmn:error id="error" errorCode="error"/>
          <bpmn:process id="evil" isExecutable="true" camunda:historyTimeToLive="P1D">
            <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="%s"/>
            %s
            %s<bpmn:endEvent id="end"/>
          </bpmn:process>
          <bpmn:process id="called" isExecutable="true" camunda:historyTimeToLive="P1D">
            <bpmn:startEvent id="start_called"/>
          </bpmn:process>
        </bpmn:definitions>
        """.formatted(root, first, inner,
        leads ? "" : "<bpmn:sequenceFlow id=\"f2\" sourceRef=\"" + first + "\" targetRef=\"end\"/>");
  }

  private static Map<String, String> decisions() {
    Map<String, String> all = new LinkedHashMap<>();
    String external = "function() external { java: { class: \"" + CLASS + "\", method signature: \"strike()\" } }";
    for (int i = 0; i < EXPRESSIONS.size(); i++) {
      String juel = EXPRESSIONS.get(i);
      all.put("decision input juel " + (i + 1), table("expressionLanguage=\"juel\"", juel, "", "-", "", "\"x\""));
      all.put("decision output juel " + (i + 1), table("", "1", "", "-", "expressionLanguage=\"juel\"", juel));
      all.put("decision row juel " + (i + 1), table("", "1", "expressionLanguage=\"juel\"", juel, "", "\"x\""));
      all.put("decision literal juel " + (i + 1), literal("expressionLanguage=\"juel\"", juel));
    }
    for (String language : List.of("javascript", "groovy", "python", "http://www.example.org/java")) {
      all.put("decision input " + language, table("expressionLanguage=\"" + language + "\"",
          "Java.type('" + CLASS + "').strike()", "", "-", "", "\"x\""));
      all.put("decision literal " + language, literal("expressionLanguage=\"" + language + "\"",
          "Java.type('" + CLASS + "').strike()"));
    }
    all.put("decision input feel external", table("", "{ f: " + external + ", g: f() }.g", "", "-", "", "\"x\""));
    all.put("decision output feel external", table("", "1", "", "-", "", "{ f: " + external + ", g: f() }.g"));
    all.put("decision literal feel external", literal("", "(" + external + ")()"));
    all.put("decision input feel reflection", table("", "\"\".class.forName(\"" + CLASS + "\")", "", "-", "",
        "function() 1"));
    return all;
  }

  private static String table(String inLanguage, String input, String rowLanguage, String row, String outLanguage,
      String output) {
    return decision("<decisionTable id=\"dt\"><input id=\"i\"><inputExpression id=\"ie\" " + inLanguage + "><text>"
        + escaped(input) + "</text></inputExpression></input><output id=\"o\" name=\"o\"/><rule id=\"r\"><inputEntry id=\"re\" "
        + rowLanguage + "><text>" + escaped(row) + "</text></inputEntry><outputEntry id=\"ro\" " + outLanguage
        + "><text>" + escaped(output) + "</text></outputEntry></rule></decisionTable>");
  }

  private static String literal(String language, String text) {
    return decision("<variable id=\"v\" name=\"v\"/><literalExpression id=\"le\" " + language + "><text>" + escaped(text)
        + "</text></literalExpression>");
  }

  private static String decision(String inner) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><definitions "
        + "xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" xmlns:camunda=\"http://camunda.org/schema/1.0/dmn\" "
        + "id=\"d\" name=\"d\" namespace=\"evil\"><decision id=\"evil-decision\" name=\"d\" "
        + "camunda:historyTimeToLive=\"P1D\">" + inner + "</decision></definitions>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static Map<String, Consumer<ProcessEngine>> queries() {
    Map<String, Consumer<ProcessEngine>> all = new LinkedHashMap<>();
    Map<String, BiConsumer<TaskQuery, String>> criteria = new LinkedHashMap<>();
    criteria.put("assignee", TaskQuery::taskAssigneeExpression);
    criteria.put("owner", TaskQuery::taskOwnerExpression);
    criteria.put("candidate user", TaskQuery::taskCandidateUserExpression);
    criteria.put("candidate group", TaskQuery::taskCandidateGroupExpression);
    criteria.put("involved", TaskQuery::taskInvolvedUserExpression);
    criteria.put("created before", TaskQuery::taskCreatedBeforeExpression);
    criteria.put("due after", TaskQuery::dueAfterExpression);
    criteria.put("follow-up", TaskQuery::followUpDateExpression);
    criteria.put("business key", TaskQuery::processInstanceBusinessKeyExpression);
    criteria.forEach((name, criterion) -> some(name).forEach((number, juel) -> {
      all.put("query " + name + " " + number, engine -> {
        TaskQuery query = engine.getTaskService().createTaskQuery();
        criterion.accept(query, juel);
        query.list();
      });
      all.put("query or " + name + " " + number, engine -> {
        TaskQuery query = engine.getTaskService().createTaskQuery().or();
        criterion.accept(query, juel);
        query.endOr().count();
      });
      all.put("query stored " + name + " " + number, engine -> {
        TaskQuery query = engine.getTaskService().createTaskQuery();
        criterion.accept(query, juel);
        String id = engine.getFilterService().saveFilter(
            engine.getFilterService().newTaskFilter(name + number).setQuery(query)).getId();
        try {
          engine.getFilterService().list(id);
        } finally {
          engine.getFilterService().deleteFilter(id);
        }
      });
    }));
    return all;
  }

  /** An object whose reading back runs code. */
  public static class Loaded implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(java.io.ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      Canary.strike();
    }
  }

  private static Map<String, Consumer<ProcessEngine>> values() {
    Map<String, Consumer<ProcessEngine>> all = new LinkedHashMap<>();
    String process = process("<bpmn:userTask id=\"t\" camunda:candidateGroups=\"${area}\"/>", "t", "");
    for (String format : List.of("application/x-java-serialized-object", "application/json", "application/xml")) {
      all.put("value " + format, engine -> startWith(engine, process, Variables.createVariables().putValueTyped("area",
          Variables.serializedObjectValue(format.contains("java") ? serialized() : "{\"feather\":1}")
              .objectTypeName(format.contains("java") ? Loaded.class.getName() : CLASS)
              .serializationDataFormat(format).create())));
    }
    all.put("value object", engine -> startWith(engine, process, Map.of("area", new Loaded())));
    all.put("value expression", engine -> startWith(engine, process, Map.of("area", EXPRESSIONS.get(0))));
    all.put("value in the place of a bean", engine -> startWith(engine, process,
        Map.of("notify", "x", "execution", "x", "task", "x", "area", "a")));
    return all;
  }

  private static void startWith(ProcessEngine engine, String process, Map<String, Object> variables) {
    Deployment deployment = engine.getRepositoryService().createDeployment().name("evil")
        .addString("evil.bpmn", process).deploy();
    try {
      String id = engine.getRuntimeService().startProcessInstanceByKey("evil", variables).getId();
      engine.getRuntimeService().getVariables(id);
    } finally {
      engine.getRepositoryService().deleteDeployment(deployment.getId(), true, true, true);
    }
  }

  private static String serialized() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(); ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Loaded());
      out.flush();
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException never) {
      throw new IllegalStateException(never);
    }
  }

  // ---- trying ----

  private static Map<String, byte[]> file(String name, String text) {
    return new TreeMap<>(Map.of(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void note(Map<String, Integer> ran, String name, Runnable attempt) {
    Canary.reset();
    attempt.run();
    if (Canary.struck() > 0) {
      ran.put(name, Canary.struck());
    }
  }

  /** Deploys, starts, shows forms, runs jobs, completes and evaluates whatever came of it, then cleans up. */
  private static void attempt(ProcessEngine engine, String file, String content, Runnable whenDeployed) {
    Deployment deployment;
    try {
      deployment = engine.getRepositoryService().createDeployment().name("evil").addString(file, content).deploy();
    } catch (RuntimeException refused) {
      return;
    }
    whenDeployed.run();
    try {
      for (ProcessDefinition process : engine.getRepositoryService().createProcessDefinitionQuery()
          .deploymentId(deployment.getId()).list()) {
        quietly(() -> engine.getFormService().getStartFormData(process.getId()));
        quietly(() -> engine.getFormService().submitStartForm(process.getId(), Map.of("x", "x")));
        quietly(() -> engine.getRuntimeService().startProcessInstanceById(process.getId(), "CL-1", Map.of("x", "x")));
      }
      for (Job job : engine.getManagementService().createJobQuery().list()) {
        quietly(() -> engine.getManagementService().executeJob(job.getId()));
      }
      for (Task task : engine.getTaskService().createTaskQuery().list()) {
        quietly(() -> engine.getFormService().getTaskFormData(task.getId()));
        quietly(() -> engine.getFormService().getTaskFormKey(task.getProcessDefinitionId(), task.getTaskDefinitionKey()));
        quietly(() -> engine.getFormService().submitTaskForm(task.getId(), Map.of("x", "x")));
        quietly(() -> engine.getTaskService().complete(task.getId()));
      }
      if (file.endsWith(".dmn")) {
        quietly(() -> engine.getDecisionService().evaluateDecisionByKey("evil-decision").evaluate());
        quietly(() -> engine.getDecisionService().evaluateDecisionTableByKey("evil-decision",
            Map.of("x", 1, "when", new Date())));
      }
    } finally {
      engine.getRepositoryService().deleteDeployment(deployment.getId(), true, true, true);
    }
  }

  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError failed) {
      // What matters is whether the canary was struck.
    }
  }
}
