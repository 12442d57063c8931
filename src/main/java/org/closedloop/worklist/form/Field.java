package org.closedloop.worklist.form;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question of a form, as models and pages need to know it.
 *
 * @param path       where the answer lies, e.g. {@code reason}, {@code contact.phone}, {@code measures[].text}
 * @param key        last word of the path, the name a process variable gets
 * @param label      what people read, the key where the form gives none
 * @param type       component type of the form, e.g. {@code textfield}
 * @param required   must be answered whenever it is shown
 * @param properties the component's custom properties: {@code route}, {@code public}, {@code within}, {@code from},
 *                   {@code most} and others
 */
public record Field(
    String path, String key, String label, String type, boolean required, Map<String, String> properties) {

  /** The answer becomes a process variable named {@link #key}. */
  public boolean route() {
    return "true".equals(properties.get("route"));
  }

  /** The answer is shown to the reporter. */
  public boolean open() {
    return "true".equals(properties.get("public"));
  }

  /** Name of the allowance row that bounds this date. */
  public Optional<String> within() {
    return Optional.ofNullable(properties.get("within"));
  }

  /** Where its first value comes from: names of process variables or of answers given before; the first found wins. */
  public List<String> from() {
    return Arrays.stream(properties.getOrDefault("from", "").split(",")).map(String::strip)
        .filter(name -> !name.isEmpty()).toList();
  }

  /** Its answer is a list of choices. */
  public boolean many() {
    return type.equals("taglist") || type.equals("checklist");
  }

  /** How many choices there may be, as the form has it. */
  public Optional<String> most() {
    return Optional.ofNullable(properties.get("most"));
  }

  /** Lies in a list whose rows repeat. */
  public boolean repeated() {
    return path.contains("[]");
  }
}
