package org.closedloop.engine.vocabulary;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.closedloop.problem.Words;

/**
 * A function that expressions in models may call, such as {@code ${due('accept')}}. Every Spring bean of this type is
 * part of the language. A function only reads; what changes something is a {@link ModelDelegate}.
 */
public interface ModelFunction {

  /** The name models use; never changed once published, running cases carry it. */
  String name();

  /**
   * The public static method behind it. It finds the execution that asks with {@link CurrentExecution#get()} and its
   * own bean with {@link CurrentExecution#word(Class)}.
   */
  Method method();

  /** One sentence for designers. */
  Words meaning();

  /** The one public static method of that name in a class; for {@link #method()}. */
  static Method staticMethod(Class<?> type, String name) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(name) && Modifier.isStatic(method.getModifiers()))
        .reduce((one, other) -> {
          throw new IllegalArgumentException(type.getName() + " has more than one static method " + name);
        })
        .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no public static method " + name));
  }
}
