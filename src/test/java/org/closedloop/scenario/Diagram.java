package org.closedloop.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a scenarios run has to know of its model: what must be touched, and who may do what.
 *
 * @param nodes every element a case can pass
 * @param flows every flow at which a case decides: behind a splitting gateway
 * @param posts user task → post of its candidate group, absent where an expression names it
 * @param who   action → who may do it, as the model says it
 */
record Diagram(Set<String> nodes, Set<String> flows, Map<String, String> posts, Map<String, List<String>> who) {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Set<String> NO_NODES = Set.of("sequenceFlow", "textAnnotation", "association", "group",
      "dataObject", "dataObjectReference", "dataStoreReference", "laneSet");

  static Diagram read(Path bpmn) throws IOException {
    Document document = parse(bpmn);
    Map<String, String> messages = new HashMap<>();
    each(document, BPMN, "message").forEach(m -> messages.put(m.getAttribute("id"), m.getAttribute("name")));
    Set<String> nodes = new TreeSet<>();
    Map<String, String> posts = new HashMap<>();
    Map<String, List<String>> who = new HashMap<>();
    for (Element element : each(document, BPMN, "*")) {
      String parent = element.getParentNode().getLocalName();
      if (!("process".equals(parent) || "subProcess".equals(parent)) || element.getAttribute("id").isEmpty()
          || NO_NODES.contains(element.getLocalName())) {
        continue;
      }
      String id = element.getAttribute("id");
      nodes.add(id);
      String group = element.getAttributeNS(CAMUNDA, "candidateGroups");
      String post = group.substring(group.lastIndexOf(':') + 1);
      if (post.matches("[a-z-]+")) {
        posts.put(id, post);
      }
      for (Element event : children(element, BPMN, "messageEventDefinition")) {
        String message = messages.getOrDefault(event.getAttribute("messageRef"), "");
        for (Element property : children(element, CAMUNDA, "property")) {
          if (property.getAttribute("name").equals("who")) {
            who.put(message.substring(message.indexOf('.') + 1),
                Arrays.stream(property.getAttribute("value").split(",")).map(String::strip).toList());
          }
        }
      }
    }
    return new Diagram(nodes, choices(document), posts, who);
  }

  private static Set<String> choices(Document document) {
    Map<String, Set<String>> outgoing = new HashMap<>();
    Set<String> gateways = new LinkedHashSet<>();
    each(document, BPMN, "exclusiveGateway").forEach(g -> gateways.add(g.getAttribute("id")));
    each(document, BPMN, "inclusiveGateway").forEach(g -> gateways.add(g.getAttribute("id")));
    Set<String> flows = new TreeSet<>();
    for (Element flow : each(document, BPMN, "sequenceFlow")) {
      if (gateways.contains(flow.getAttribute("sourceRef"))) {
        outgoing.computeIfAbsent(flow.getAttribute("sourceRef"), k -> new TreeSet<>()).add(flow.getAttribute("id"));
      }
    }
    outgoing.values().stream().filter(some -> some.size() > 1).forEach(flows::addAll);
    return flows;
  }

  private static Document parse(Path bpmn) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(bpmn.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(bpmn + " is no XML", e);
    }
  }

  private static List<Element> each(Document document, String space, String name) {
    return elements(document.getElementsByTagNameNS(space, name));
  }

  /** Within an event, which has no flow nodes of its own below it. */
  private static List<Element> children(Element element, String space, String name) {
    return "subProcess".equals(element.getLocalName()) ? List.of()
        : elements(element.getElementsByTagNameNS(space, name));
  }

  private static List<Element> elements(NodeList list) {
    return java.util.stream.IntStream.range(0, list.getLength()).mapToObj(i -> (Element) list.item(i)).toList();
  }
}
