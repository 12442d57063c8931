package org.closedloop.engine.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A process as a graph of its nodes, sub-processes opened: entering one leads to its start events, its ends lead on to
 * where the sub-process leads, and a boundary event is reached from what it sits on.
 */
final class FlowGraph {

  private static final Set<String> NODES = Set.of("bpmn:startEvent", "bpmn:endEvent", "bpmn:intermediateThrowEvent",
      "bpmn:intermediateCatchEvent", "bpmn:boundaryEvent", "bpmn:userTask", "bpmn:serviceTask", "bpmn:sendTask",
      "bpmn:receiveTask", "bpmn:businessRuleTask", "bpmn:manualTask", "bpmn:task", "bpmn:scriptTask",
      "bpmn:subProcess", "bpmn:callActivity", "bpmn:exclusiveGateway", "bpmn:parallelGateway",
      "bpmn:inclusiveGateway", "bpmn:eventBasedGateway");

  private final XmlNode process;
  private final Map<String, XmlNode> nodes = new LinkedHashMap<>();
  private final Map<String, List<XmlNode>> outgoing = new HashMap<>();
  private final Map<String, List<XmlNode>> incoming = new HashMap<>();
  private final Map<String, Set<String>> edges = new LinkedHashMap<>();

  FlowGraph(XmlNode process) {
    this.process = process;
    process.everything().filter(node -> NODES.contains(node.name()) && node.has("id"))
        .forEach(node -> nodes.put(node.get("id"), node));
    process.everything("bpmn:sequenceFlow").forEach(flow -> {
      outgoing.computeIfAbsent(String.valueOf(flow.get("sourceRef")), key -> new ArrayList<>()).add(flow);
      incoming.computeIfAbsent(String.valueOf(flow.get("targetRef")), key -> new ArrayList<>()).add(flow);
    });
    nodes.values().forEach(node -> edges.put(node.get("id"), new LinkedHashSet<>()));
    nodes.values().forEach(this::connect);
  }

  private void connect(XmlNode node) {
    String id = node.get("id");
    outgoing(id).forEach(flow -> join(id, flow.get("targetRef")));
    if (node.is("bpmn:subProcess") && !isEventSubProcess(node)) {
      node.children("bpmn:startEvent").forEach(start -> join(id, start.get("id")));
    }
    XmlNode scope = node.parent();
    if (node.is("bpmn:endEvent") && scope.is("bpmn:subProcess") && !isEventSubProcess(scope)) {
      outgoing(String.valueOf(scope.get("id"))).forEach(flow -> join(id, flow.get("targetRef")));
    }
    if (node.is("bpmn:boundaryEvent")) {
      caught(node).forEach(from -> join(from, id));
    }
    if (isLink(node, "bpmn:intermediateThrowEvent")) {
      String link = node.child("bpmn:linkEventDefinition").get("name");
      nodes.values().stream().filter(other -> isLink(other, "bpmn:intermediateCatchEvent"))
          .filter(other -> String.valueOf(link).equals(other.child("bpmn:linkEventDefinition").get("name")))
          .forEach(other -> join(id, other.get("id")));
    }
  }

  /** Where a boundary event is reached from: what it sits on, or, inside a sub-process, whatever throws to it. */
  private List<String> caught(XmlNode boundary) {
    String host = String.valueOf(boundary.get("attachedToRef"));
    XmlNode caught = boundary.child("bpmn:errorEventDefinition", "bpmn:escalationEventDefinition");
    if (caught == null || node(host) == null || !node(host).is("bpmn:subProcess")) {
      return List.of(host);
    }
    String reference = caught.is("bpmn:errorEventDefinition") ? "errorRef" : "escalationRef";
    return node(host).everything("bpmn:endEvent", "bpmn:intermediateThrowEvent")
        .filter(thrower -> thrower.children(caught.name())
            .anyMatch(thrown -> !caught.has(reference) || caught.get(reference).equals(thrown.get(reference))))
        .map(XmlNode::id).toList();
  }

  private void join(String from, String to) {
    if (edges.containsKey(from) && edges.containsKey(to)) {
      edges.get(from).add(to);
    }
  }

  static boolean isEventSubProcess(XmlNode node) {
    return node.is("bpmn:subProcess") && "true".equals(node.get("triggeredByEvent"));
  }

  private static boolean isLink(XmlNode node, String type) {
    return node.is(type) && node.child("bpmn:linkEventDefinition") != null;
  }

  /** Where the engine stops, writes down where it is, and waits for something from outside. */
  static boolean waits(XmlNode node) {
    if ("true".equals(node.get("camunda:asyncBefore")) || "true".equals(node.get("camunda:asyncAfter"))
        || node.is("bpmn:userTask", "bpmn:receiveTask", "bpmn:eventBasedGateway")) {
      return true;
    }
    return node.is("bpmn:intermediateCatchEvent", "bpmn:boundaryEvent")
        && node.child("bpmn:timerEventDefinition", "bpmn:messageEventDefinition", "bpmn:signalEventDefinition") != null;
  }

  XmlNode process() {
    return process;
  }

  Collection<XmlNode> nodes() {
    return nodes.values();
  }

  XmlNode node(String id) {
    return nodes.get(id);
  }

  /** The sequence flows that leave a node. */
  List<XmlNode> outgoing(String id) {
    return outgoing.getOrDefault(id, List.of());
  }

  List<XmlNode> incoming(String id) {
    return incoming.getOrDefault(id, List.of());
  }

  /** Whether a token that arrived here goes on, and not merely is interrupted. */
  boolean leadsOn(String id) {
    return edges.getOrDefault(id, Set.of()).stream().anyMatch(to -> !node(to).is("bpmn:boundaryEvent"));
  }

  /** Start events of the process and of its event sub-processes: where a token can come into being. */
  List<String> entries() {
    return nodes.values().stream()
        .filter(node -> node.is("bpmn:startEvent"))
        .filter(node -> node.parent() == process || isEventSubProcess(node.parent()))
        .map(node -> node.get("id")).toList();
  }

  /** Ends of the process and of its event sub-processes: where a token stops being. */
  List<XmlNode> ends() {
    return nodes.values().stream()
        .filter(node -> node.is("bpmn:endEvent"))
        .filter(node -> node.parent() == process || isEventSubProcess(node.parent()))
        .toList();
  }

  /**
   * What can be reached from the entries without passing a node that is {@code shut}. A parallel join opens only when
   * every branch has arrived, so a branch around a shut node does not get past it.
   */
  Set<String> reachable(Predicate<XmlNode> shut) {
    Set<String> reached = new HashSet<>();
    Map<String, Set<String>> arrived = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    entries().stream().filter(id -> !shut.test(node(id))).forEach(open::add);
    while (!open.isEmpty()) {
      String id = open.poll();
      if (!reached.add(id)) {
        continue;
      }
      for (String next : edges.get(id)) {
        XmlNode node = node(next);
        if (shut.test(node)) {
          continue;
        }
        Set<String> from = arrived.computeIfAbsent(next, key -> new HashSet<>());
        from.add(id);
        if (!node.is("bpmn:parallelGateway") || from.size() >= sources(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private long sources(String id) {
    return edges.entrySet().stream().filter(edge -> edge.getValue().contains(id)).count();
  }

  /** Everything from which one of these can still be reached. */
  Set<String> canReach(Collection<XmlNode> targets) {
    Map<String, List<String>> back = new HashMap<>();
    edges.forEach((from, tos) -> tos.forEach(to -> back.computeIfAbsent(to, key -> new ArrayList<>()).add(from)));
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    targets.forEach(target -> open.add(target.get("id")));
    while (!open.isEmpty()) {
      String id = open.poll();
      if (found.add(id)) {
        open.addAll(back.getOrDefault(id, List.of()));
      }
    }
    return found;
  }

  /** A circle in which the engine never stops, as its nodes; empty when there is none. */
  List<XmlNode> circleWithoutWait() {
    Map<String, Integer> state = new HashMap<>();
    for (String start : edges.keySet()) {
      List<XmlNode> circle = circleFrom(start, state);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    return List.of();
  }

  /** Depth first without recursion: a hostile model is as long as it likes. */
  private List<XmlNode> circleFrom(String start, Map<String, Integer> state) {
    if (state.containsKey(start) || waits(node(start))) {
      return List.of();
    }
    Deque<String> path = new ArrayDeque<>();
    Deque<java.util.Iterator<String>> branches = new ArrayDeque<>();
    path.push(start);
    branches.push(edges.get(start).iterator());
    state.put(start, 1);
    while (!path.isEmpty()) {
      if (!branches.peek().hasNext()) {
        state.put(path.pop(), 2);
        branches.pop();
        continue;
      }
      String next = branches.peek().next();
      if (waits(node(next)) || Integer.valueOf(2).equals(state.get(next))) {
        continue;
      }
      if (Integer.valueOf(1).equals(state.get(next))) {
        List<XmlNode> circle = new ArrayList<>();
        for (String id : path) {
          circle.add(0, node(id));
          if (id.equals(next)) {
            break;
          }
        }
        return circle;
      }
      state.put(next, 1);
      path.push(next);
      branches.push(edges.get(next).iterator());
    }
    return List.of();
  }
}
