package org.closedloop.engine.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * An XML element with the line it stands on. Names carry the usual prefix of their namespace whatever the file calls
 * it ({@code bpmn:userTask}, {@code camunda:class}); what is in a namespace we do not know keeps its address.
 */
final class XmlNode {

  static final int MOST_BYTES = 2_000_000;
  static final int MOST_ELEMENTS = 2_000;
  /** Decision tables spend four elements on a cell, and a table may well have some hundred rows. */
  static final int MOST_ELEMENTS_OF_A_TABLE = 20_000;
  static final int DEEPEST = 50;

  private static final Map<String, String> PREFIXES = Map.ofEntries(
      Map.entry("http://www.omg.org/spec/BPMN/20100524/MODEL", "bpmn:"),
      Map.entry("http://www.omg.org/spec/BPMN/20100524/DI", "bpmndi:"),
      Map.entry("http://www.omg.org/spec/DD/20100524/DC", "dc:"),
      Map.entry("http://www.omg.org/spec/DD/20100524/DI", "di:"),
      Map.entry("http://camunda.org/schema/1.0/bpmn", "camunda:"),
      Map.entry("http://camunda.org/schema/1.0/dmn", "camunda:"),
      Map.entry("http://camunda.org/schema/modeler/1.0", "modeler:"),
      Map.entry("http://bpmn.io/schema/bpmn/biocolor/1.0", "color:"),
      Map.entry("http://www.omg.org/spec/BPMN/non-normative/color/1.0", "color:"),
      Map.entry("http://bpmn.io/schema/dmn/biodi/2.0", "color:"),
      Map.entry("https://www.omg.org/spec/DMN/20191111/MODEL/", "dmn:"),
      Map.entry("https://www.omg.org/spec/DMN/20191111/DMNDI/", "dmndi:"),
      Map.entry("http://www.omg.org/spec/DMN/20180521/DC/", "dc:"),
      Map.entry("http://www.omg.org/spec/DMN/20180521/DI/", "di:"),
      Map.entry(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "xsi:"));

  /** Why a file could not be read. */
  static final class Unreadable extends Exception {
    private final transient Integer line;

    Unreadable(String message, Integer line) {
      super(message);
      this.line = line;
    }

    Integer line() {
      return line;
    }
  }

  private final String file;
  private final String name;
  private final XmlNode parent;
  private final int line;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<XmlNode> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private XmlNode(String file, String name, XmlNode parent, int line) {
    this.file = file;
    this.name = name;
    this.parent = parent;
    this.line = line;
  }

  String file() {
    return file;
  }

  String name() {
    return name;
  }

  int line() {
    return line;
  }

  XmlNode parent() {
    return parent;
  }

  List<XmlNode> children() {
    return children;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  /** The text directly in this element, trimmed. */
  String text() {
    return text.toString().trim();
  }

  /** The attribute's value, or null. */
  String get(String attribute) {
    return attributes.get(attribute);
  }

  boolean has(String attribute) {
    return attributes.get(attribute) != null && !attributes.get(attribute).isBlank();
  }

  boolean is(String... names) {
    return List.of(names).contains(name);
  }

  /** The id of this element or of the one it belongs to. */
  String id() {
    for (XmlNode node = this; node != null; node = node.parent) {
      if (node.has("id")) {
        return node.get("id");
      }
    }
    return null;
  }

  /** This element and everything in it, in the order of the file. */
  Stream<XmlNode> everything() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(XmlNode::everything));
  }

  Stream<XmlNode> everything(String... names) {
    return everything().filter(node -> node.is(names));
  }

  Stream<XmlNode> children(String... names) {
    return children.stream().filter(node -> node.is(names));
  }

  XmlNode child(String... names) {
    return children(names).findFirst().orElse(null);
  }

  /** The extension elements of that name, at any depth below {@code extensionElements}. */
  Stream<XmlNode> extensions(String... names) {
    return children("bpmn:extensionElements").flatMap(node -> node.everything(names));
  }

  boolean isInside(Predicate<XmlNode> ancestor) {
    for (XmlNode node = parent; node != null; node = node.parent) {
      if (ancestor.test(node)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a file strictly: UTF-8, no DOCTYPE, no processing instructions, limits on size and depth. */
  static XmlNode read(String file, byte[] bytes) throws Unreadable {
    if (bytes.length > MOST_BYTES) {
      throw new Unreadable("larger than 2 MB", null);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Unreadable("not UTF-8", 1);
    }
    String start = text.substring(0, Math.min(text.length(), 200));
    if (start.matches("(?s).*<\\?xml[^>]*encoding\\s*=.*")
        && !start.matches("(?si).*<\\?xml[^>]*encoding\\s*=\\s*[\"']utf-8[\"'].*")) {
      throw new Unreadable("declares an encoding other than UTF-8", 1);
    }
    int most = file.endsWith(".dmn") ? MOST_ELEMENTS_OF_A_TABLE : MOST_ELEMENTS;
    Reader reader = new Reader(file, most);
    try {
      SAXParserFactory factory = SAXParserFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setXIncludeAware(false);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.newSAXParser().parse(new InputSource(new ByteArrayInputStream(bytes)), reader);
    } catch (SAXParseException wrong) {
      throw new Unreadable(wrong.getMessage(), wrong.getLineNumber() < 1 ? null : wrong.getLineNumber());
    } catch (SAXException | IOException | ParserConfigurationException wrong) {
      throw new Unreadable(wrong.getMessage(), null);
    }
    return reader.root;
  }

  private static final class Reader extends DefaultHandler2 {

    private final String file;
    private final int most;
    private Locator locator;
    private XmlNode root;
    private XmlNode open;
    private int elements;
    private int depth;

    Reader(String file, int most) {
      this.file = file;
      this.most = most;
    }

    @Override
    public void setDocumentLocator(Locator documentLocator) {
      this.locator = documentLocator;
    }

    @Override
    public void startElement(String uri, String local, String qName, Attributes found) throws SAXException {
      if (++elements > most) {
        throw new SAXParseException("more than " + most + " elements", locator);
      }
      if (++depth > DEEPEST) {
        throw new SAXParseException("elements nested deeper than " + DEEPEST, locator);
      }
      XmlNode node = new XmlNode(file, named(uri, local), open, locator.getLineNumber());
      for (int i = 0; i < found.getLength(); i++) {
        node.attributes.put(named(found.getURI(i), found.getLocalName(i)), found.getValue(i));
      }
      if (open == null) {
        root = node;
      } else {
        open.children.add(node);
      }
      open = node;
    }

    @Override
    public void endElement(String uri, String local, String qName) {
      depth--;
      open = open.parent;
    }

    @Override
    public void characters(char[] chars, int start, int length) {
      if (open != null) {
        open.text.append(chars, start, length);
      }
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
      throw new SAXParseException("processing instruction " + target, locator);
    }

    @Override
    public InputSource resolveEntity(String name, String publicId, String baseUri, String systemId)
        throws SAXException {
      throw new SAXParseException("external entity", locator);
    }

    private static String named(String uri, String local) {
      if (uri == null || uri.isEmpty()) {
        return local;
      }
      return PREFIXES.getOrDefault(uri, "{" + uri + "}") + local;
    }
  }
}
