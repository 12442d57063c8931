package org.closedloop.engine.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.FunctionNode;
import org.camunda.bpm.impl.juel.IdentifierNode;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.Tree;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/**
 * An expression taken apart without being evaluated: what it calls, what it names and how it compares.
 *
 * @param calls       the functions in order, each with its literal first argument or null
 * @param names       the variables and delegates it names
 * @param comparisons how many {@code == != < <= > >=} it has
 * @param combined    whether {@code and}, {@code or} occur
 * @param dotted      whether it reads a property of something, {@code a.b}
 */
public record ReadExpression(List<Call> calls, Set<String> names, int comparisons, boolean combined, boolean dotted) {

  public record Call(String function, int arguments, String literal) {}

  /** The text is no expression of the language: the position and what was expected instead. */
  public static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  /** Whether the engine would evaluate something in this text. */
  public static boolean isIn(String text) {
    return text.contains("${") || text.contains("#{");
  }

  public static ReadExpression of(String text) throws Unreadable {
    Tree tree;
    try {
      tree = new Builder().build(text);
    } catch (TreeBuilderException wrong) {
      throw new Unreadable("at " + wrong.getPosition() + ": " + wrong.getEncountered() + ", expected "
          + wrong.getExpected());
    } catch (RuntimeException | StackOverflowError wrong) {
      throw new Unreadable("not an expression");
    }
    List<Call> calls = new ArrayList<>();
    for (FunctionNode function : tree.getFunctionNodes()) {
      calls.add(new Call(function.getName(), function.getParamCount(), firstLiteral(function)));
    }
    Set<String> names = new LinkedHashSet<>();
    for (IdentifierNode identifier : tree.getIdentifierNodes()) {
      names.add(identifier.getName());
    }
    Shape shape = new Shape();
    shape.look(tree.getRoot());
    return new ReadExpression(calls, names, shape.comparisons, shape.combined, shape.dotted);
  }

  /** Whether the whole text is one single word, {@code ${word}}. */
  public boolean isOneName() {
    return names.size() == 1 && calls.isEmpty() && comparisons == 0 && !combined && !dotted;
  }

  private static String firstLiteral(Node function) {
    Node node = function;
    while (node.getCardinality() > 0) {
      node = node.getChild(0);
    }
    return node instanceof AstString literal ? (String) literal.eval(null, null) : null;
  }

  private static final class Shape {

    private static final Set<Object> COMPARISONS =
        Set.of(AstBinary.EQ, AstBinary.NE, AstBinary.LT, AstBinary.LE, AstBinary.GT, AstBinary.GE);

    private int comparisons;
    private boolean combined;
    private boolean dotted;

    private void look(Node node) {
      if (node instanceof AstBinary binary) {
        if (COMPARISONS.contains(binary.getOperator())) {
          comparisons++;
        }
        combined |= binary.getOperator() == AstBinary.AND || binary.getOperator() == AstBinary.OR;
      }
      dotted |= node instanceof AstDot;
      for (int i = 0; i < node.getCardinality(); i++) {
        look(node.getChild(i));
      }
    }
  }
}
